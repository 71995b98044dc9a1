import { NO_FIELD_YET } from './field-kind.ts';
import type { MailDefect } from './mail.ts';

/** One field of a header block; all places count from the first of the bytes that were read. */
export interface RawField {
  /** As written, without blanks before the colon. */
  readonly name: string;
  /** Which of `FIELD_KEYS` it is; -1: one that nobody asks for by name. */
  readonly kind: number;
  readonly offset: number;
  readonly valueAt: number;
  /** End of the last line, without its line break. */
  readonly end: number;
  /** More than one line. */
  readonly folded: boolean;
}

/**
 * The fields at the head of a message or part (RFC 5322 section 2.2), not decoded. Places count in
 * the bytes that were read.
 */
export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** Position of the first field of each kind; -1: there is none. */
  readonly first: readonly number[];
  /** First byte of the body: behind the empty line that ends the block. */
  readonly bodyAt: number;
  /** Latin-1 view of the bytes from `textAt` on, as far as fields stand. */
  readonly text: string;
  readonly textAt: number;
  readonly ascii: boolean;
  /** ASCII without `=?`: values need no decoding. */
  readonly plain: boolean;
  /** A value may hold NUL, a bare CR or a line break that folds nothing. */
  readonly controls: boolean;
  readonly defects: readonly MailDefect[];
  /** Bytes of the block that were not read as fields, and fields that were not listed. */
  readonly bytesCut: number;
  readonly fieldsCut: number;
}

/** A block that stands nowhere. */
export const NO_FIELDS: HeaderBlock = {
  fields: [],
  first: NO_FIELD_YET,
  bodyAt: 0,
  text: '',
  textAt: 0,
  ascii: true,
  plain: true,
  controls: false,
  defects: [],
  bytesCut: 0,
  fieldsCut: 0,
};

/** The first field of a kind (`kindOf`); null where there is none. */
export const firstField = ({ fields, first }: HeaderBlock, kind: number): RawField | null =>
  first[kind]! < 0 ? null : fields[first[kind]!]!;

/** Latin-1 view of what stands behind the field's colon, line breaks and all. */
export const rawValue = ({ valueAt, end }: RawField, { text, textAt }: HeaderBlock): string =>
  text.slice(valueAt - textAt, end - textAt);
