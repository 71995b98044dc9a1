/** Signs log checkpoints with the case's own Ed25519 key (RFC 8032). */
export interface CheckpointSigner {
  /** Name in the signed note, e.g. `tocsin-case/3f2a...`. */
  readonly name: string;
  /** Raw 32-byte public key. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
  verify(message: Uint8Array, signature: Uint8Array): boolean;
}
