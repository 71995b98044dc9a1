import { fail, ok, type Result } from '../base/index.ts';

/**
 * The addresses at which an office takes mail in: whole addresses, or domains for all below them.
 */
export interface OfficeAddresses {
  /** Lower case, sorted. */
  readonly names: readonly string[];
  holds(address: string): boolean;
}

/** Names in one order; an office has a handful. */
const OFFICE_NAMES_MAX = 1_000;

const ADDRESS = /^[^\s@,<>]+@[^\s@,<>]+$/;
const DOMAIN = /^(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,}$/u;

/** `elections@county.example,county.example`; an at sign may stand before a domain. */
export function parseOffice(
  text: string,
): Result<OfficeAddresses, { readonly code: 'office-malformed'; readonly name: string }> {
  const names = text
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^@/, ''));
  const wrong = names.find((name) => !ADDRESS.test(name) && !DOMAIN.test(name));
  if (wrong !== undefined || names.length > OFFICE_NAMES_MAX)
    return fail({ code: 'office-malformed', name: wrong ?? '' });
  return ok(officeAt(names));
}

export function officeAt(names: readonly string[]): OfficeAddresses {
  const held = new Set(names);
  return {
    names: [...held].sort(),
    holds(address) {
      const lower = address.toLowerCase();
      if (held.has(lower)) return true;
      let domain = lower.slice(lower.lastIndexOf('@') + 1);
      while (domain !== '') {
        if (held.has(domain)) return true;
        const dot = domain.indexOf('.');
        domain = dot < 0 ? '' : domain.slice(dot + 1);
      }
      return false;
    },
  };
}

/** No address is the office's. */
export const NO_OFFICE: OfficeAddresses = officeAt([]);
