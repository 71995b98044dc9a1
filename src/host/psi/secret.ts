/** `wiping` for a use that has to be waited for. */
export async function wipingWhenDone<Made>(
  secret: Uint8Array,
  use: (secret: Uint8Array) => Promise<Made>,
): Promise<Made> {
  try {
    return await use(secret);
  } finally {
    secret.fill(0);
  }
}

/** Views, not copies: Node cuts small copies from a pool that nobody wipes. */
const viewOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, length);

export const secretAsHex = (secret: Uint8Array): string => viewOf(secret).toString('hex');

/** `hex` is what `secretAsHex` gave. */
export function secretFromHex(hex: string): Uint8Array {
  const secret = new Uint8Array(hex.length / 2);
  viewOf(secret).write(hex, 'hex');
  return secret;
}
