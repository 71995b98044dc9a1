import { grouped } from '../base/index.ts';
import { defang, printable } from '../display/index.ts';

/** Width of the text face. */
export const TEXT_COLUMNS = 80;

/** Longest header value that is shown; a subject may be a megabyte. */
const VALUE_MAX = 500;

/** Safe on one line of a terminal: nothing hidden, nothing to click, nothing endless. */
export const safe = (text: string): string =>
  text.length <= VALUE_MAX
    ? defang(printable(text))
    : `${defang(printable(text.slice(0, VALUE_MAX)))}... (${grouped(text.length)} characters)`;

const NAME_WIDTH = 14;

/** `  Name        value`, broken between words; a longer word stands on a line of its own. */
export function field(name: string, value: string): string {
  const all = [''];
  for (const word of value.split(' ')) {
    const line = all.at(-1) ?? '';
    if (line === '') all[all.length - 1] = word;
    else if (line.length + 1 + word.length <= TEXT_COLUMNS - NAME_WIDTH) {
      all[all.length - 1] = `${line} ${word}`;
    } else all.push(word);
  }
  return `  ${name.padEnd(NAME_WIDTH - 2)}${all.join(`\n${' '.repeat(NAME_WIDTH)}`)}`;
}

export const some = (name: string, value: string): readonly string[] =>
  value === '' ? [] : [field(name, value)];
