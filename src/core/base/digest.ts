import type { Brand } from './brand.ts';
import { fail, ok, type Result } from './result.ts';

/** Lower-case hex SHA-256 (FIPS 180-4), 64 characters. */
export type Sha256 = Brand<string, 'Sha256'>;

export interface DigestFailure {
  readonly code: 'digest-malformed';
  readonly length: number;
}

/** Accepts a digest the way people copy it: surrounding blanks, upper case, a `sha256:` prefix. */
export function parseSha256(text: string): Result<Sha256, DigestFailure> {
  const digest = text
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, '');
  if (!/^[0-9a-f]{64}$/.test(digest))
    return fail({ code: 'digest-malformed', length: text.length });
  return ok(digest as Sha256);
}
