import type { Sha256 } from '../../core/base/index.ts';
import { subjectMatter } from '../../core/forward/index.ts';
import { isBait, REPORTERS_MIN } from '../../core/letter/index.ts';
import type { Brought } from '../../core/mail/index.ts';
import type { ExaminedMessage } from '../stage/index.ts';

/** A file that several people's mails brought beside the same message: that message's own. */
export interface SettledFile {
  readonly sha256: Sha256;
  /** As the first such mail called it; null for no name. */
  readonly name: string | null;
  readonly mails: number;
}

/** Files beside messages that are followed: each is a few hundred bytes here. */
const FOLLOWED_MAX = 100_000;

interface Followed {
  readonly file: Pick<SettledFile, 'sha256' | 'name'>;
  readonly authors: Set<string>;
  mails: number;
}

/**
 * Tells whose a file is that stands beside a message which a mail hands on in its text: the mail
 * alone does not. Where the same file came beside the same message (its shown sender and subject)
 * in mails of at least `REPORTERS_MIN` separate From addresses, none of which is shown to lie, the
 * mail programs handed it on with the message. One forger with as many accounts can bring that
 * about: what is settled is who is shown, and the file is named either way.
 */
export class FilesBeside {
  readonly #followed = new Map<string, Followed>();

  /** `mail`: first the mail, then what it carries. */
  add([top, ...inside]: readonly ExaminedMessage[]): void {
    if (top === undefined || !mayBeSettled(top)) return;
    const beside = besideWhat(top, inside);
    const author = top.from?.address.toLowerCase() ?? '';
    if (beside === null || author === '') return;
    for (const sha256 of new Set(top.brings?.files)) {
      const key = `${sha256} ${beside}`;
      let one = this.#followed.get(key);
      if (one === undefined) {
        if (this.#followed.size >= FOLLOWED_MAX) return;
        const name = top.parts.find((part) => part.sha256 === sha256)?.fileName ?? null;
        one = { file: { sha256, name }, authors: new Set(), mails: 0 };
        this.#followed.set(key, one);
      }
      one.mails += 1;
      if (one.authors.size < REPORTERS_MIN) one.authors.add(author);
    }
  }

  get settled(): SettledFiles {
    const rows = [...this.#followed].filter(([, { authors }]) => authors.size >= REPORTERS_MIN);
    return new SettledFiles(
      new Map(rows.map(([key, { file, mails }]) => [key, { ...file, mails }])),
    );
  }
}

/** What `FilesBeside` came to. */
export class SettledFiles {
  readonly #rows: ReadonlyMap<string, SettledFile>;

  constructor(rows: ReadonlyMap<string, SettledFile>) {
    this.#rows = rows;
  }

  /** Most mails first. */
  get files(): readonly SettledFile[] {
    return [...this.#rows.values()].sort(
      (a, b) => b.mails - a.mails || (a.sha256 < b.sha256 ? -1 : 1),
    );
  }

  /** The same mail without the doubt that settled files cast on it. */
  apply(mail: readonly ExaminedMessage[]): readonly ExaminedMessage[] {
    const [top, ...inside] = mail;
    if (this.#rows.size === 0 || top === undefined || !mayBeSettled(top)) return mail;
    const beside = besideWhat(top, inside);
    const { brings } = top;
    if (beside === null || brings === null) return mail;
    if (!brings.files.every((sha256) => this.#rows.has(`${sha256} ${beside}`))) return mail;
    const isBare = brings.contacts.length === 0;
    const left = isBare ? null : { ...brings, runs: false, files: [] };
    return [{ ...top, role: 'carrier', brings: left }, ...inside];
  }
}

/** It brings files, and nothing that only its writer can have put there. */
const mayBeSettled = (top: ExaminedMessage): boolean =>
  top.brings !== null && top.brings.files.length > 0 && !isBait(top) && !top.lies;

/** The first message in its text by shown sender and subject; null where none shows both. */
function besideWhat(top: ExaminedMessage, inside: readonly ExaminedMessage[]): string | null {
  const first = inside.find(
    ({ path, role }) => role === 'original' && path.startsWith(`${top.path}.i`),
  );
  const from = first?.from?.address.toLowerCase() ?? '';
  const matter = subjectMatter(first?.subject ?? top.subject ?? '');
  return from === '' || matter === '' ? null : `${from} ${matter}`;
}

/** What a mail brings beside the message that it hands on. */
export interface BringingMail {
  readonly exhibit: Sha256;
  readonly path: string;
  readonly contacts: readonly string[];
  readonly files: readonly { readonly sha256: Sha256; readonly name: string | null }[];
}

/** A part in which a code can stand. */
export const isPicture = ({ contentType }: ExaminedMessage['parts'][number]): boolean =>
  contentType.startsWith('image/');

/** Such a mail with the names of its files. */
export const bringingMail = (
  exhibit: Sha256,
  { path, parts }: ExaminedMessage,
  { contacts, files }: Brought,
): BringingMail => ({
  exhibit,
  path,
  contacts,
  files: files.map((sha256) => ({
    sha256,
    name: parts.find((part) => part.sha256 === sha256)?.fileName ?? null,
  })),
});
