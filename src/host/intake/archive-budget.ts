import { MailWork } from '../../core/mail/index.ts';
import {
  ARCHIVE_BYTES_FREE,
  ARCHIVE_BYTES_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_MAILS_MAX,
  ARCHIVE_RATIO_MAX,
  CARRIED_BYTES_MAX,
  CARRIED_RATIO_MAX,
} from './limits.ts';

/**
 * What the archives of one exhibit, or those that one mail carries, may still give.
 *
 * Bombs inside each other multiply their ratios, and a thousand small ones add up: what comes out
 * in all is held to a ratio, measured against the outermost packed bytes.
 */
export class ArchiveBudget {
  readonly #owner: 'exhibit' | 'mail';
  readonly #bytesMax: number;
  readonly #ratio: number;
  readonly #around: ArchiveBudget | null;
  /** What opening messages inside the mails of an exhibit may cost. */
  readonly work = new MailWork();
  #allowed = ARCHIVE_BYTES_FREE;
  #taken = 0;
  #entries = ARCHIVE_ENTRIES_MAX;
  #mails = ARCHIVE_MAILS_MAX;
  readonly #told = new Set<string>();

  private constructor(
    owner: 'exhibit' | 'mail',
    bytesMax: number,
    around: ArchiveBudget | null = null,
  ) {
    this.#owner = owner;
    this.#bytesMax = bytesMax;
    this.#ratio = owner === 'mail' ? CARRIED_RATIO_MAX : ARCHIVE_RATIO_MAX;
    this.#around = around;
  }

  /** For an exhibit of `packedBytes` that is an archive, nested ones included. */
  static ofExhibit(packedBytes: number): ArchiveBudget {
    const budget = new ArchiveBudget('exhibit', ARCHIVE_BYTES_MAX);
    budget.addArchive(packedBytes);
    return budget;
  }

  /** For all that one mail carries; a mail out of an archive draws on that one's budget too. */
  static ofMail(around: ArchiveBudget | null): ArchiveBudget {
    return new ArchiveBudget('mail', CARRIED_BYTES_MAX, around);
  }

  /** An archive that lies in no other one of this budget is opened. */
  addArchive(packedBytes: number): void {
    const allowed = this.#allowed + this.#ratio * packedBytes;
    this.#allowed = Math.min(this.#bytesMax, allowed);
  }

  get entries(): number {
    return Math.min(this.#entries, this.#around?.entries ?? ARCHIVE_ENTRIES_MAX);
  }

  /** Bytes that may still be unpacked. */
  get bytes(): number {
    return Math.min(this.#allowed - this.#taken, this.#around?.bytes ?? ARCHIVE_BYTES_MAX);
  }

  /** Why no further byte comes, as the beginning of a sentence. */
  get spentWords(): string {
    if (this.#around?.bytes === 0) return this.#around.spentWords;
    const amount = `No more than ${Math.floor(this.#allowed / 1e5) / 10} MB`;
    const why =
      this.#allowed < this.#bytesMax
        ? ` (${ARCHIVE_BYTES_FREE / 1e6} MB and ${this.#ratio} times the packed size)`
        : '';
    return `${amount}${why} are unpacked from one ${this.#owner}`;
  }

  takeEntries(count: number): void {
    this.#entries -= count;
    this.#around?.takeEntries(count);
  }

  /** Takes up to `wanted` bytes and says how many. */
  takeBytes(wanted: number): number {
    const taken = Math.min(wanted, this.bytes);
    this.#taken += taken;
    this.#around?.takeBytes(taken);
    return taken;
  }

  /** Mails that may still come out of what one mail carries. */
  get mails(): number {
    return this.#mails;
  }

  /** False where there is no room for one. */
  takeMail(): boolean {
    if (this.#mails === 0) return false;
    this.#mails -= 1;
    return true;
  }

  /** Whether a limit is met for the first time. */
  isNews(code: string): boolean {
    const isNews = !this.#told.has(code);
    this.#told.add(code);
    return isNews;
  }
}
