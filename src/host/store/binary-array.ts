/**
 * Arrays in PostgreSQL's binary form (`array_recv`), one dimension, no nulls.
 *
 * A batch of 6,000 rows travels as one parameter a column. In text form each element would be
 * quoted and escaped, here its bytes are copied.
 */
const OID = { bytea: 17, int8: 20, int4: 23, text: 25 };
const HEADER_BYTES = 20;

export function textArray(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  return encode(OID.text, sizes, (buffer, at, n) => buffer.write(texts[n]!, at));
}

export function byteaArray(items: readonly Uint8Array[]): Buffer {
  const sizes = items.map((item) => item.length);
  return encode(OID.bytea, sizes, (buffer, at, n) => buffer.set(items[n]!, at));
}

export function int8Array(numbers: readonly number[]): Buffer {
  const sizes = numbers.map(() => 8);
  return encode(OID.int8, sizes, (buffer, at, n) =>
    buffer.writeBigInt64BE(BigInt(numbers[n]!), at),
  );
}

export function int4Array(numbers: readonly number[]): Buffer {
  const sizes = numbers.map(() => 4);
  return encode(OID.int4, sizes, (buffer, at, n) => buffer.writeInt32BE(numbers[n]!, at));
}

function encode(
  oid: number,
  sizes: readonly number[],
  put: (buffer: Buffer, at: number, n: number) => void,
): Buffer {
  const total = sizes.reduce((sum, size) => sum + 4 + size, HEADER_BYTES);
  const buffer = Buffer.allocUnsafe(total);
  buffer.writeInt32BE(sizes.length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(sizes.length, 12);
  buffer.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  sizes.forEach((size, n) => {
    buffer.writeInt32BE(size, at);
    put(buffer, at + 4, n);
    at += 4 + size;
  });
  return sizes.length === 0 ? buffer.subarray(0, 12) : buffer;
}
