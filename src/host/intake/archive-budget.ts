import {
  ARCHIVE_BYTES_MAX,
  ARCHIVE_ENTRIES_MAX,
  ARCHIVE_MAILS_MAX,
  CARRIED_BYTES_MAX,
} from './limits.ts';

/** What the archives of one exhibit, or those that one mail carries, may still give. */
export class ArchiveBudget {
  /** For a sentence: "256 MB are unpacked from one exhibit". */
  readonly bytesWords: string;
  readonly #around: ArchiveBudget | null;
  #entries = ARCHIVE_ENTRIES_MAX;
  #bytes: number;
  #mails = ARCHIVE_MAILS_MAX;

  private constructor(bytesMax: number, owner: string, around: ArchiveBudget | null) {
    this.bytesWords = `${bytesMax / 1e6} MB are unpacked from one ${owner}`;
    this.#bytes = bytesMax;
    this.#around = around;
  }

  /** For an exhibit that is an archive, nested ones included. */
  static ofExhibit(): ArchiveBudget {
    return new ArchiveBudget(ARCHIVE_BYTES_MAX, 'exhibit', null);
  }

  /** For all that one mail carries; a mail out of an archive draws on that one's budget too. */
  static ofMail(around: ArchiveBudget | null): ArchiveBudget {
    return new ArchiveBudget(CARRIED_BYTES_MAX, 'mail', around);
  }

  get entries(): number {
    return Math.min(this.#entries, this.#around?.entries ?? ARCHIVE_ENTRIES_MAX);
  }

  /** Nothing further can be unpacked. */
  get isSpent(): boolean {
    return this.#bytes === 0 || this.#around?.isSpent === true;
  }

  takeEntries(count: number): void {
    this.#entries -= count;
    this.#around?.takeEntries(count);
  }

  /** Takes up to `wanted` bytes and says how many. */
  takeBytes(wanted: number): number {
    const here = Math.min(wanted, this.#bytes);
    const taken = this.#around === null ? here : this.#around.takeBytes(here);
    this.#bytes -= taken;
    return taken;
  }

  /** False where no further mail may come out of what a mail carries. */
  takeMail(): boolean {
    this.#mails -= 1;
    return this.#mails >= 0;
  }
}
