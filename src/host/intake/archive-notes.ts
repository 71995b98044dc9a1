import type { Limit } from '../../core/base/index.ts';

/** Entry numbers that a line names before it only counts. */
const NUMBERED_MAX = 10;

type NoteCode =
  | 'archive-locked'
  | 'archive-overlap'
  | 'archive-method'
  | 'archive-entry-missing'
  | 'archive-name-unsafe'
  | 'archive-not-mail';

const SAYS: Readonly<Record<NoteCode, string>> = {
  'archive-locked': 'locked with a password: not read',
  'archive-overlap': 'sharing bytes with another entry, as zip bombs do: not read',
  'archive-method': 'packed by a method that is not read here',
  'archive-entry-missing': 'listed, but not where the list says: not read',
  'archive-name-unsafe':
    'named with "..", an absolute path or control characters: read, the name is not used',
  'archive-not-mail': 'holding no mail that is read here',
};

/**
 * What many entries of one archive have in common, told in one line a reason instead of a
 * thousand. Entries go by number: their names can hold personal data.
 */
export class ArchiveNotes {
  readonly #entries = new Map<NoteCode, number[]>();
  readonly #kinds = new Map<string, number>();

  add(code: NoteCode, index: number): void {
    const entries = this.#entries.get(code) ?? [];
    entries.push(index);
    this.#entries.set(code, entries);
  }

  addNotMail(index: number, what: string): void {
    this.add('archive-not-mail', index);
    this.#kinds.set(what, (this.#kinds.get(what) ?? 0) + 1);
  }

  limits(at: string): readonly Limit[] {
    return [...this.#entries].map(([code, entries]) => {
      const shown = entries.slice(0, NUMBERED_MAX).join(', ');
      const more = entries.length > NUMBERED_MAX ? ', ...' : '';
      const kinds = [...this.#kinds].map(([what, count]) =>
        count > 1 ? `${what} x${count}` : what,
      );
      const says = code === 'archive-not-mail' ? `${SAYS[code]} (${kinds.join('; ')})` : SAYS[code];
      const noun = entries.length === 1 ? 'entry' : 'entries';
      return { code, at, text: `${entries.length} ${noun} (number ${shown}${more}): ${says}.` };
    });
  }
}
