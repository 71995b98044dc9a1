/** What is reserved on the word of an archive before any byte came. */
const RESERVED_BYTES_MAX = 16_000_000;

const NOTHING = new Uint8Array(0);

/**
 * The stream's bytes in one piece, at most `most`; `cut` where there were more. A stream of one
 * chunk, as memory gives, is not copied.
 */
export async function gather(
  stream: AsyncIterable<Uint8Array>,
  most: number,
  expected: number,
): Promise<{ readonly bytes: Uint8Array; readonly cut: boolean }> {
  let room: Uint8Array = NOTHING;
  let length = 0;
  for await (const chunk of stream) {
    if (length === 0 && chunk.length >= expected && chunk.length <= most) {
      room = chunk;
      length = chunk.length;
      continue;
    }
    const wanted = Math.min(length + chunk.length, most);
    if (wanted > room.length) {
      const least = length === 0 ? Math.min(expected, RESERVED_BYTES_MAX) : 2 * room.length;
      const larger = Buffer.allocUnsafeSlow(Math.min(most, Math.max(wanted, least)));
      larger.set(room.subarray(0, length));
      room = larger;
    }
    room.set(chunk.subarray(0, wanted - length), length);
    const cut = wanted < length + chunk.length;
    length = wanted;
    if (cut) return { bytes: room.subarray(0, length), cut };
  }
  return { bytes: room.subarray(0, length), cut: false };
}

export interface Peeked {
  readonly head: Uint8Array;
  /** The stream whole again. */
  readonly stream: AsyncIterable<Uint8Array>;
  /** Lets go of what the stream holds where it is not read to its end. */
  close(): Promise<void>;
}

/** The first `least` bytes, fewer where there are no more. */
export async function peek(stream: AsyncIterable<Uint8Array>, least: number): Promise<Peeked> {
  const rest = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < least) {
    const step = await rest.next();
    if (step.done === true) break;
    chunks.push(step.value);
    length += step.value.length;
  }
  const head = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  const whole = async function* (): AsyncIterable<Uint8Array> {
    if (head.length > 0) yield head;
    for (let step = await rest.next(); step.done !== true; step = await rest.next()) {
      yield step.value;
    }
  };
  return {
    head: head.subarray(0, least),
    stream: whole(),
    close: async () => void (await rest.return?.()),
  };
}
