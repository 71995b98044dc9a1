import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, type Kernels, ok, type Result } from '../../core/base/index.ts';
import {
  type CheckpointSigner,
  type CheckpointVerifier,
  parseNoteKey,
  renderNoteKey,
} from '../../core/evidence/index.ts';
import { createDurably, readIfThere } from './case-files.ts';

export type LogKeyFailure =
  /** `log/key.pub` stands, but `keys/log.key` is gone: the log can be checked, not continued. */
  | { readonly code: 'log-key-missing' }
  /** A key file does not read as a key, or the two are no pair. */
  | { readonly code: 'log-key-damaged' };

const PRIVATE_MODE = 0o600;
const PUBLIC_MODE = 0o644;

/** The case's own key. Makes it on first use: the key's digest is the case's name from then on. */
export function openSigner(
  folder: string,
  kernels: Kernels,
): Result<CheckpointSigner, LogKeyFailure> {
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, 'log'), { recursive: true, mode: 0o700 });
  const [privatePath, publicPath] = [privateKeyPath(folder), publicKeyPath(folder)];
  if (readIfThere(privatePath) === null) {
    if (readIfThere(publicPath) !== null) return fail({ code: 'log-key-missing' });
    const { privateKey } = generateKeyPairSync('ed25519');
    createDurably(
      privatePath,
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      PRIVATE_MODE,
    );
  }
  const privateKey = parsePrivateKey(readIfThere(privatePath) ?? '');
  if (privateKey === null) return fail({ code: 'log-key-damaged' });
  const verifier = verifierOf(rawPublicKey(privateKey), kernels);
  createDurably(publicPath, `${renderNoteKey(verifier, kernels)}\n`, PUBLIC_MODE);
  const standing = openVerifier(folder, kernels);
  if (standing?.name !== verifier.name) return fail({ code: 'log-key-damaged' });
  return ok({ ...verifier, sign: (message) => sign(null, message, privateKey) });
}

/** The public half, for checking; null where it is missing or does not read as a key. */
export function openVerifier(folder: string, kernels: Kernels): CheckpointVerifier | null {
  const text = readIfThere(publicKeyPath(folder));
  const key = text?.endsWith('\n') ? parseNoteKey(text.slice(0, -1), kernels) : null;
  if (key === null) return null;
  const verifier = verifierOf(key.publicKey, kernels);
  return verifier.name === key.name ? verifier : null;
}

const privateKeyPath = (folder: string): string => join(folder, 'keys/log.key');
const publicKeyPath = (folder: string): string => join(folder, 'log/key.pub');

const NAME_DIGITS = 16;

function verifierOf(publicKey: Uint8Array, kernels: Kernels): CheckpointVerifier {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return {
    name: `tocsin/case/${kernels.sha256(publicKey).slice(0, NAME_DIGITS)}`,
    publicKey,
    verify: (message, signature) => verify(null, message, key, signature),
  };
}

function parsePrivateKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

const rawPublicKey = (privateKey: KeyObject): Uint8Array =>
  Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
