import { grouped } from '../../core/base/index.ts';
import {
  answerLeakage,
  isName,
  QUOTA_DEFAULT,
  readCommitment,
  tagsLeakage,
} from '../../core/psi/index.ts';
import { answerQuery, destroyKeys, encodeRoll } from '../psi/index.ts';
import { type CountyRoll, readCountyRoll } from './county-roll.ts';
import { readPassphrase } from './passphrase.ts';
import { openDesk, receivedFile, refuseStep, writtenText } from './step.ts';
import type { MatchStep, StepOrder } from './surroundings.ts';

const DIMENSIONS = ['party', 'email', 'county'];
const QUOTA_MAX = 10_000_000;

interface EncodeWish {
  readonly county: string;
  readonly commitment: string;
  readonly cells: readonly string[];
  readonly quota: number;
}

function readWish(order: StepOrder): EncodeWish | { readonly wrongUse: string } {
  const [county, commitment] = [order.option('county'), order.option('commitment')];
  const cells = (order.option('cells') ?? '').split(',').filter((word) => word !== '');
  const quota = order.option('quota');
  if (!isName(county)) {
    return { wrongUse: 'encode: name the county in letters, digits and blanks: --county NAME' };
  }
  if (commitment === null)
    return { wrongUse: "encode: name the hub's commitment: --commitment FILE" };
  const unknown = cells.find((cell) => !DIMENSIONS.includes(cell));
  if (unknown !== undefined) {
    return { wrongUse: `encode: cells are told apart by ${DIMENSIONS.join(', ')}` };
  }
  if (quota !== null && !(/^\d{1,9}$/.test(quota) && Number(quota) <= QUOTA_MAX)) {
    return { wrongUse: '--quota needs a whole number' };
  }
  return { county, commitment, cells, quota: quota === null ? QUOTA_DEFAULT : Number(quota) };
}

export const matchEncode: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const wish = readWish(asked.order);
  if ('wrongUse' in wish) return wish;
  const commitment = receivedFile(wish.commitment, terminal);
  if (commitment === null) return 2;
  const desk = await openDesk(asked, surroundings, 'encoding');
  const terms = readCommitment(desk.primitives.kernels, commitment);
  const context = { step: 'encode', desk, terminal, file: commitment };
  if (!terms.ok) return refuseStep(terms.failure, context);
  const { key } = terms.value.commitment;
  const roll = await readCountyRoll(asked, { key, cells: wish.cells }, surroundings);
  if (roll === null) return 2;
  const word = await readPassphrase(asked.order, { terminal, chosen: true });
  if ('wrongUse' in word) return word;
  const made = await encodeRoll(desk, {
    ...wish,
    ...word,
    commitment,
    roll,
    allowNotice: asked.order.option('allow-notice'),
    multiplier: asked.order.given('libsodium-only') ? 'ristretto255' : 'x25519',
  });
  desk.finish();
  if (!made.ok) return refuseStep(made.failure, context);
  const { rows, without } = roll;
  const { header, records } = made.value;
  await terminal.write(
    `${grouped(rows)} rows, ${grouped(records)} different people; ` +
      `${grouped(without)} rows lack the fields and are left out.\n` +
      releasesText(roll) +
      writtenText(
        made.value,
        tagsLeakage(header, made.value),
        'send it to the hub by any channel. Wait for its query.',
      ),
  );
  return 0;
};

/** What the cells of releases cannot tell, so that the person can choose coarser ones. */
function releasesText({ releases, untold, untoldWithoutCells: plain }: CountyRoll): string {
  if (releases.length === 0) return '';
  const fewer = plain < untold ? ` Without --cells it would be ${grouped(plain)}.` : '';
  return (
    `${releases.length} releases are told apart. ${grouped(untold)} people are in cells below 11: which ` +
    `releases hold them is not told, and they say nothing about the source.${fewer}\n`
  );
}

export const matchAnswer: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const query = receivedFile(asked.file, terminal);
  if (query === null) return 2;
  const word = await readPassphrase(asked.order, { terminal, chosen: false });
  if ('wrongUse' in word) return word;
  const desk = await openDesk(asked, surroundings, 'answering');
  const made = await answerQuery(desk, { query, ...word });
  desk.finish();
  if (!made.ok) return refuseStep(made.failure, { step: 'answer', desk, terminal, file: query });
  const leakage = answerLeakage(made.value.header);
  await terminal.write(writtenText(made.value, leakage, 'send it to the hub.'));
  return 0;
};

export const matchClose: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const desk = await openDesk(asked, surroundings, 'closing');
  const destroyed = destroyKeys(desk, 'all');
  await terminal.write(
    `${destroyed} ${destroyed === 1 ? 'key' : 'keys'} destroyed. Nothing that was sent can be tested against the roll any more.\n` +
      'Copies in backups are still sealed by the passphrase: destroy those, too.\n',
  );
  return 0;
};
