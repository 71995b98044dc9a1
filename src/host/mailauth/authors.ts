import { createRequire } from 'node:module';
import type { HeaderRow } from './header-rows.ts';

interface Mailbox {
  readonly address?: string;
  /** RFC 6854: a group is one entry with its members. */
  readonly group?: readonly { readonly address?: string }[];
}

const load = createRequire(import.meta.url);
let parser: ((line: string) => readonly Mailbox[]) | null = null;

/** The addresses of a From line, as mailauth reads them. */
export function authorsIn({ name, line }: HeaderRow): readonly string[] {
  const value = line.slice(name.length + 1);
  const author = plainAuthor(value);
  return author === null ? oddAuthors(value) : [author];
}

/**
 * A From line with one address and nothing that two readers could take apart, without the blanks
 * around it. No two parts of it match the same blanks, so that it reads any line in linear time.
 */
const AUTHOR =
  /^(?:(?:"[^"\\\r\n]*"[ \t]*|(?:[^"(),:;<>@\\[\]\r\n]|\[[^"(),:;<>@\\[\]\r\n]*\])*)<([^\s"(),:;<>@\\]+@[A-Za-z0-9.-]+)>|([^\s"(),:;<>@\\=]+@[A-Za-z0-9.-]+)(?:[ \t]+\([^"(),:;<>@\\\r\n]*\))?)$/;

function plainAuthor(value: string): string | null {
  const found = AUTHOR.exec(withoutBlanks(value.replaceAll('\r\n', '')));
  const address = found?.[1] ?? found?.[2] ?? null;
  return address === null || /[^\x21-\x7e]/.test(address) ? null : address;
}

const isBlank = (unit: string | undefined): boolean => unit === ' ' || unit === '\t';

/** Without the spaces and tabs at both ends; `trim` takes more. */
function withoutBlanks(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

/** By the very parser that mailauth has: one file, where mailauth's verifier loads a hundred. */
function oddAuthors(value: string): readonly string[] {
  parser ??= createRequire(load.resolve('mailauth'))('nodemailer/lib/addressparser') as NonNullable<
    typeof parser
  >;
  const text = Buffer.from(value, 'latin1').toString('utf8').trim();
  return parser(text).flatMap((entry) =>
    (entry.group ?? [entry]).flatMap(({ address }) => address || []),
  );
}
