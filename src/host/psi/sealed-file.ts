import { argon2Sync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { fail, ok, type Result } from '../../core/base/index.ts';
import type { Primitives } from '../../core/psi/index.ts';
import type { ExchangeFailure } from './failure.ts';
import { createFile } from './files.ts';

/** RFC 9106 section 4, second recommended setting: 64 MiB, three passes, four lanes. */
const COST = { memory: 65_536, passes: 3, parallelism: 4 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const PRIVATE_MODE = 0o600;

/** Each file has its own salt and so its own key, which seals this one text only. */
const keyOf = (passphrase: string, salt: Uint8Array): Uint8Array =>
  argon2Sync('argon2id', {
    ...COST,
    message: Buffer.from(passphrase.normalize('NFKC'), 'utf8'),
    nonce: salt,
    tagLength: KEY_BYTES,
  });

/** Writes a secret that only the passphrase opens; refuses to replace one. */
export function sealFile(
  { seal, kernels }: Primitives,
  path: string,
  { passphrase, secret }: { readonly passphrase: string; readonly secret: object },
): void {
  const salt = randomBytes(SALT_BYTES);
  const box = seal(keyOf(passphrase, salt), kernels.encode(JSON.stringify(secret)));
  createFile(path, Buffer.concat([salt, box]), PRIVATE_MODE);
}

/** The secret as parsed JSON, which this program sealed itself. */
export function openSealed(
  { open, kernels }: Primitives,
  path: string,
  passphrase: string,
): Result<{ readonly [key: string]: unknown }, ExchangeFailure> {
  if (!existsSync(path)) return fail({ code: 'match-key-gone' });
  const bytes = readFileSync(path);
  const text = open(keyOf(passphrase, bytes.subarray(0, SALT_BYTES)), bytes.subarray(SALT_BYTES));
  if (text === null) return fail({ code: 'match-passphrase' });
  return ok(JSON.parse(kernels.utf8(text, 0, text.length)) as { readonly [key: string]: unknown });
}

/**
 * Overwrites a file with noise and removes it. On flash storage and in backups an old copy may
 * outlive this; it is still sealed by the passphrase.
 */
export function destroyFile(path: string): boolean {
  if (!existsSync(path)) return false;
  const handle = openSync(path, 'r+');
  try {
    writeSync(handle, randomBytes(fstatSync(handle).size), 0, null, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  unlinkSync(path);
  return true;
}
