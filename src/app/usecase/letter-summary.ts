import { isIntake, officeAt, REPORTERS_MIN } from '../../core/letter/index.ts';
import type { LetterRef, OfficeMail } from '../../core/report/index.ts';
import type { CaseIndex } from './case-index.ts';
import type { CaseOffice } from './case-office.ts';

/** Addresses listed of which nothing tells enough whether they are the office's. */
const DOUBTFUL_MAX = 5;

interface Letters {
  readonly index: CaseIndex;
  readonly home: CaseOffice;
  readonly letters: Uint32Array;
  readonly includePersonal: boolean;
}

/** What is said of the mail that came to the office itself. */
export function officeMail({ index, home, letters, includePersonal }: Letters): OfficeMail {
  const forwards = new Map(home.inboxes.map((inbox) => [inbox.address, inbox.forwards]));
  const places = home.addresses.names.map((name) => ({ name, at: officeAt([name]), letters: 0 }));
  let pressing = 0;
  for (const letter of letters) {
    const { recipients, judged } = index.originals.at(letter);
    if (judged.coercion.length > 0) pressing += 1;
    const place = places.find(({ at }) => recipients.some(at.holds));
    if (place !== undefined) place.letters += 1;
  }
  return {
    how: home.how,
    addresses: places.map(({ name, letters: count }) => ({
      name,
      forwards: forwards.get(name) ?? 0,
      letters: count,
    })),
    pressing,
    doubtful: doubtful(home, includePersonal),
  };
}

/** Who receives one person's forward is most often that person's friend: the address is withheld. */
function doubtful({ how, inboxes }: CaseOffice, includePersonal: boolean): OfficeMail['doubtful'] {
  if (how === 'named') return [];
  return inboxes
    .filter((inbox) => inbox.personal > 0 && !isIntake(inbox))
    .slice(0, DOUBTFUL_MAX)
    .map(({ address, reporters, forwards, personal }) => ({
      address:
        includePersonal || reporters >= REPORTERS_MIN
          ? address
          : `…${address.slice(address.lastIndexOf('@'))}`,
      forwards,
      others: personal,
    }));
}

/** Made as they are listed: there can be a million. */
export const letterRefs = (
  { originals }: CaseIndex,
  letters: Uint32Array,
): Iterable<LetterRef> => ({
  *[Symbol.iterator]() {
    for (const letter of letters) {
      const { exhibit, path, sha256, judged } = originals.at(letter);
      yield { exhibit, path, sha256, pressing: judged.coercion.length > 0 };
    }
  },
});
