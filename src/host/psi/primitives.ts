import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Primitives } from '../../core/psi/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { sodiumCurve } from './sodium-curve.ts';

const CIPHER = 'chacha20-poly1305';
const MAC_BYTES = 16;
/** Every key seals one text in its life, so that a fixed nonce is never used twice with one key. */
const NONCE = new Uint8Array(12);

/** libsodium's curve, Node's hashes and ChaCha20-Poly1305 (RFC 8439). */
export const nodePrimitives = async (): Promise<Primitives> => ({
  curve: await sodiumCurve(),
  kernels: nodeKernels,
  seal: (key, text) => {
    const cipher = createCipheriv(CIPHER, key, NONCE, { authTagLength: MAC_BYTES });
    return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  },
  open: (key, sealed) => {
    if (sealed.length < MAC_BYTES) return null;
    const decipher = createDecipheriv(CIPHER, key, NONCE, { authTagLength: MAC_BYTES });
    decipher.setAuthTag(sealed.subarray(sealed.length - MAC_BYTES));
    const text = decipher.update(sealed.subarray(0, sealed.length - MAC_BYTES));
    try {
      // A stream cipher has nothing left to give: the last call only checks the tag.
      decipher.final();
      return text;
    } catch {
      // The tag does not fit: another key, or altered bytes.
      return null;
    }
  },
});
