import { defang, displayPieces, printable } from '../display/index.ts';

const MARKUP = Symbol('markup');

/** Markup that is safe to stand in a page. Only `html`, `outside` and `joined` make it. */
export interface Html {
  readonly [MARKUP]: string;
}

type Slot = Html | string | number | readonly Html[];

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const markup = (text: string): Html => ({ [MARKUP]: text });

/**
 * A template whose slots are escaped, in element content and in double-quoted attributes alike.
 * Strings are also made printable, so that no control or bidi character reaches the page.
 */
export function html(strings: TemplateStringsArray, ...slots: readonly Slot[]): Html {
  const pieces = slots.map((slot, i) => `${strings[i] ?? ''}${filled(slot)}`);
  return markup(pieces.join('') + (strings.at(-1) ?? ''));
}

function filled(slot: Slot): string {
  if (typeof slot === 'number') return String(slot);
  if (typeof slot === 'string') return escaped(printable(slot));
  return 'map' in slot ? slot.map((each) => each[MARKUP]).join('') : slot[MARKUP];
}

export const joined = (parts: readonly Html[], between: string): Html =>
  markup(parts.map((part) => part[MARKUP]).join(escaped(between)));

export const NOTHING: Html = markup('');

/** Says where something was left out for length. */
export const CUT: Html = markup('<span class="unseen">[cut here]</span>');

/** The finished text. */
export const textOf = (page: Html): string => page[MARKUP];

/** A style sheet of our own; a slot would be the place where a page breaks, so there is none. */
export const styleSheet = (css: string): Html => markup(`<style>${css}</style>`);

/** Longest stretch of outside text on the page, in UTF-16 units; the whole is in findings.json. */
const OUTSIDE_TEXT_MAX = 600;

/** Longest name that file systems give (Linux PATH_MAX is 4,096; nobody reads more than this). */
const FILE_NAME_MAX = 300;

/**
 * Text that somebody else wrote: cut to a limit, defanged, kept from reordering what stands around
 * it, with what cannot be seen shown as marks.
 */
export function outside(text: string, max: number = OUTSIDE_TEXT_MAX): Html {
  return markup(`<bdi>${marked(text.slice(0, max))}${text.length > max ? CUT[MARKUP] : ''}</bdi>`);
}

/** A file's name: shown like other outside text, but the dot before `eml` stays a dot. */
export const fileName = (text: string): Html =>
  markup(`<bdi>${marked(text.slice(0, FILE_NAME_MAX), defangWhereAddressed)}</bdi>`);

const defangWhereAddressed = (text: string): string => (/:\/\/|@/.test(text) ? defang(text) : text);

/** Our own sentence that quotes outside text: defanged and marked, but not set apart. */
export const prose = (text: string): Html => markup(marked(text));

const marked = (text: string, shown: (plain: string) => string = defang): string =>
  displayPieces(text)
    .map((piece) =>
      'text' in piece
        ? escaped(shown(piece.text))
        : `<span class="unseen">${escaped(piece.mark)}</span>`,
    )
    .join('');
