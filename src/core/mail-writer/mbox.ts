import { type Kernels, MONTHS } from '../base/index.ts';
import { asctime, two, wallClock } from './mime.ts';

export interface MboxEntry {
  /** Exact message, CRLF. */
  readonly raw: string;
  readonly envelopeFrom: string;
  /** When it was stored; milliseconds since 1970. */
  readonly at: number;
}

/** `mboxrd`: a Unix mail store. `takeout`: a web mail's export. */
export type MboxShape = 'mboxrd' | 'takeout';

/**
 * Messages in one mbox file, body lines that start with `From ` quoted as mboxrd does
 * (`>*From ` gains a `>`).
 */
export function writeMbox(
  entries: readonly MboxEntry[],
  shape: MboxShape,
  kernels: Kernels,
): Uint8Array {
  const [separator, end] = shape === 'mboxrd' ? [unixSeparator, '\n'] : [exportSeparator, '\r\n'];
  const text = entries.map(
    (entry) => `${separator(entry)}${end}${quoted(storedMessage(entry, shape))}${end}`,
  );
  return kernels.encode(text.join(''));
}

/**
 * The message as it stands in the file, unquoted: LF in a Unix store, label fields in an export.
 */
export const storedMessage = (entry: MboxEntry, shape: MboxShape): string =>
  shape === 'mboxrd' ? storedText(entry.raw, shape) : labels(entry) + entry.raw;

/** Text within a stored message, with the line ends that it has there. */
export const storedText = (raw: string, shape: MboxShape): string =>
  shape === 'mboxrd' ? raw.replaceAll('\r\n', '\n') : raw;

const quoted = (raw: string): string => raw.replace(/^(>*From )/gm, '>$1');

const unixSeparator = ({ envelopeFrom, at }: MboxEntry): string =>
  `From ${envelopeFrom}  ${asctime(at)}`;

const threadId = (at: number): string => `16${at}${two(at % 97)}`;

const labels = ({ at }: MboxEntry): string =>
  `X-GM-THRID: ${threadId(at)}\r\nX-Gmail-Labels: Inbox,Opened\r\n`;

function exportSeparator({ at }: MboxEntry): string {
  const { day, month, year, hour, minute, second } = wallClock(at, 0);
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  return `From ${threadId(at)}@xxx ${asctime(at).slice(0, 3)} ${MONTHS[month]} ${two(day)} ${time} +0000 ${year}`;
}
