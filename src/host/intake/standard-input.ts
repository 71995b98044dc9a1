import { fstatSync } from 'node:fs';
import { ReadFailure } from '../../app/ports/index.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { unreadFrom } from './file.ts';
import { MESSAGE_BYTES_MAX } from './limits.ts';

/** How standard input is called in what a person reads. */
export const STANDARD_INPUT = 'standard input';

/** Piped bytes cannot be read twice, so they are held: as much as one message may have. */
const STANDARD_INPUT_BYTES_MAX = MESSAGE_BYTES_MAX;

const PATHS: ReadonlySet<string> = new Set(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/**
 * Whether a person means what is piped in: `-`, or a path of the system's for it. Where such a path
 * leads to a plain file, that file is read as any other, whatever its size.
 */
export const isStandardInput = (name: string): boolean =>
  name === '-' || (PATHS.has(name) && !isPlainFile());

function isPlainFile(): boolean {
  try {
    return fstatSync(0).isFile();
  } catch {
    // Closed: there is nothing to read, which reading says.
    return false;
  }
}

/** All of it, held in memory. Throws `ReadFailure`: it is too large, or cannot be read. */
export async function readStandardInput(
  input: AsyncIterable<Uint8Array> = process.stdin,
  bytesMax = STANDARD_INPUT_BYTES_MAX,
): Promise<ByteSource & { close(): void }> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of input) {
      bytes += chunk.length;
      if (bytes > bytesMax) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new ReadFailure(unreadFrom(STANDARD_INPUT, cause), cause);
  }
  if (bytes > bytesMax) {
    throw new ReadFailure({
      name: STANDARD_INPUT,
      code: 'input-too-large',
      text: `holds more than ${bytesMax / 1e6} MB: save it as a file and name that`,
    });
  }
  return { ...memorySource(Buffer.concat(chunks)), close: () => undefined };
}
