import { grouped } from '../../core/base/index.ts';
import { printable } from '../../core/display/index.ts';
import {
  leafStands,
  OPENED_MAX,
  openedLeakage,
  readCommitment,
  readOpened,
} from '../../core/psi/index.ts';
import {
  type ExchangeFailure,
  exchangeFailureSentence,
  nodePrimitives,
  openReports,
} from '../psi/index.ts';
import { readPassphrase } from './passphrase.ts';
import { openDesk, receivedFile, refuseStep, writtenText } from './step.ts';
import type { MatchStep, StepOutcome, StepTerminal } from './surroundings.ts';

/** The hub shows some reports to an auditor, who drew their places. */
export const matchOpen: MatchStep = async (asked, surroundings) => {
  const { terminal } = surroundings;
  const places = placesOf(asked.order.option('places') ?? '');
  if (places === null) {
    return { wrongUse: `open: 1 to ${OPENED_MAX} numbers of reports: --places 4,90,871` };
  }
  const word = await readPassphrase(asked.order, { terminal, chosen: false });
  if ('wrongUse' in word) return word;
  const desk = await openDesk(asked, surroundings, 'opening');
  const made = openReports(desk, { places, ...word });
  if (!made.ok) return refuseStep(made.failure, { step: 'open', desk, terminal, file: null });
  const leakage = openedLeakage(places.length, made.value.of);
  await terminal.write(writtenText(made.value, leakage, 'give it to the auditor by hand.'));
  return 0;
};

/** Different places, from 0; null for anything but 1 to 100 of them. */
function placesOf(text: string): readonly number[] | null {
  const words = text.split(',');
  if (!words.every((word) => /^[1-9]\d{0,6}$/.test(word))) return null;
  const places = [...new Set(words.map((word) => Number(word) - 1))];
  return places.length <= OPENED_MAX ? places : null;
}

/** The auditor checks that opened reports stood in the list before any county had a key. */
export const matchAudit: MatchStep = async ({ file, order }, { terminal }) => {
  const named = order.option('commitment');
  if (named === null) return { wrongUse: "audit: name the hub's commitment: --commitment FILE" };
  const [opened, committed] = [receivedFile(file, terminal), receivedFile(named, terminal)];
  if (opened === null || committed === null) return 2;
  const { kernels } = await nodePrimitives();
  const commitment = readCommitment(kernels, committed);
  if (!commitment.ok) return say(commitment.failure, terminal);
  const read = readOpened(kernels.utf8(opened, 0, opened.length));
  if (!read.ok) return say(read.failure, terminal);
  const { leaves } = read.value;
  if (read.value.commitment !== commitment.value.digest) {
    return say({ code: 'match-list-other' }, terminal);
  }
  const wrong = leaves.find((leaf) => !leafStands(kernels, commitment.value.commitment, leaf));
  if (wrong !== undefined) return say({ code: 'match-opened-wrong', at: wrong.at }, terminal);
  await terminal.write(
    [
      `All ${leaves.length} opened reports stand in the list of ${grouped(commitment.value.commitment.reports)} that the hub committed itself to:`,
      ...leaves.map(({ at, id, identity }) => printable(`  ${at + 1}  ${id}  ${identity}`)),
      'Now compare them with what was really reported: a name without a report is padding.',
      '',
    ].join('\n'),
  );
  return 0;
};

function say(failure: ExchangeFailure, terminal: StepTerminal): StepOutcome {
  terminal.say(`tocsin: ${printable(exchangeFailureSentence(failure))} [${failure.code}]`);
  return 2;
}
