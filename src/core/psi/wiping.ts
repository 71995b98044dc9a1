/**
 * Hands a secret on and overwrites it, whatever comes of its use: a failure must not leave a key in
 * memory, where a core dump would find it. `use` keeps no reference to it.
 */
export function wiping<Secret extends Uint8Array, Made>(
  secret: Secret,
  use: (secret: Secret) => Made,
): Made {
  try {
    return use(secret);
  } finally {
    secret.fill(0);
  }
}
