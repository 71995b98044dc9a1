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
import { type Primitives, wiping } from '../../core/psi/index.ts';
import type { ExchangeFailure } from './failure.ts';
import { createFile } from './files.ts';

/** What guessing one passphrase costs; it stands in the file, so that it can be raised. */
export interface SealingCost {
  /** Memory in KiB as a power of two. */
  readonly memoryLog2: number;
  readonly passes: number;
}

/** RFC 9106 section 4, second recommended setting: 64 MiB, three passes, four lanes. */
export const SEALING_COST: SealingCost = { memoryLog2: 16, passes: 3 };
const LANES = 4;
/** 4 GiB and as many passes as bring it to a minute: above it a file is damaged. */
const MEMORY_LOG2_MAX = 22;
const PASSES_MAX = 64;
/** RFC 9106 section 3.1: eight KiB a lane. */
const MEMORY_LOG2_MIN = 5;
const SALT_BYTES = 16;
const HEAD_BYTES = 2 + SALT_BYTES;
const KEY_BYTES = 32;
const PRIVATE_MODE = 0o600;

/** Each file has its own salt and so its own key, which seals this one text only. */
const keyOf = (passphrase: string, head: Uint8Array): Uint8Array =>
  argon2Sync('argon2id', {
    memory: 2 ** head[0]!,
    passes: head[1]!,
    parallelism: LANES,
    message: Buffer.from(passphrase.normalize('NFKC'), 'utf8'),
    nonce: head.subarray(2),
    tagLength: KEY_BYTES,
  });

/** Writes a secret that only the passphrase opens; refuses to replace one. */
export function sealFile(
  { seal, kernels }: Primitives,
  path: string,
  order: { readonly passphrase: string; readonly secret: object; readonly cost: SealingCost },
): void {
  const { memoryLog2, passes } = order.cost;
  const head = Buffer.concat([Uint8Array.of(memoryLog2, passes), randomBytes(SALT_BYTES)]);
  const box = wiping(keyOf(order.passphrase, head), (key) =>
    wiping(kernels.encode(JSON.stringify(order.secret)), (text) => seal(key, text)),
  );
  createFile(path, Buffer.concat([head, box]), PRIVATE_MODE);
}

/** The secret as parsed JSON, which this program sealed itself. */
export function openSealed(
  { open, kernels }: Primitives,
  path: string,
  passphrase: string,
): Result<{ readonly [key: string]: unknown }, ExchangeFailure> {
  if (!existsSync(path)) return fail({ code: 'match-key-gone' });
  const bytes = readFileSync(path);
  const head = bytes.subarray(0, HEAD_BYTES);
  const [memoryLog2 = 0, passes = 0] = head;
  const costly = memoryLog2 > MEMORY_LOG2_MAX || passes > PASSES_MAX;
  if (head.length < HEAD_BYTES || memoryLog2 < MEMORY_LOG2_MIN || passes === 0 || costly) {
    return fail({ code: 'match-key-gone' });
  }
  const sealed = bytes.subarray(HEAD_BYTES);
  const text = wiping(keyOf(passphrase, head), (key) => open(key, sealed));
  if (text === null) return fail({ code: 'match-passphrase' });
  return ok(wiping(text, () => parsedSecret(kernels.utf8(text, 0, text.length))));
}

const parsedSecret = (text: string) => JSON.parse(text) as { readonly [key: string]: unknown };

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
