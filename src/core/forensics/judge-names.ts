import { isRecord } from '../base/index.ts';
import type { CoercionNames } from '../coercion/index.ts';
import type { MailMessage } from '../mail/index.ts';
import { routeSeenFrom } from '../route/index.ts';
import type { ProtectedHolder } from './lookalike.ts';

/** What an office tells the judge: whom others may pose as, and whose names to look for. */
export interface JudgeNames {
  readonly protectedHolders: readonly ProtectedHolder[];
  readonly coercionNames: CoercionNames;
  /** Domains of the office's own mail hosts and of the forwarders that it declares. */
  readonly ownHosts: readonly string[];
  /** Names under which its own servers record what they checked below their own Received field. */
  readonly ownRecords: readonly string[];
}

/** Nobody is protected, expected or looked for. */
export const NO_NAMES: JudgeNames = {
  protectedHolders: [],
  coercionNames: { groups: [], candidatesAndParties: [] },
  ownHosts: [],
  ownRecords: [],
};

/** Messages as an office sees them: its own hosts move the trust boundary. */
export const seenByOffice = (
  messages: readonly MailMessage[],
  { ownHosts, ownRecords }: Pick<JudgeNames, 'ownHosts' | 'ownRecords'>,
): readonly MailMessage[] =>
  ownHosts.length + ownRecords.length === 0
    ? messages
    : messages.map((message) => ({
        ...message,
        route: routeSeenFrom(message.route, { ownDomains: ownHosts, ownRecords }),
      }));

/** Holders of one file; all election offices of a country are fewer. */
const HOLDERS_MAX = 20_000;
const NAMES_MAX = 10_000;

/**
 * Reads names from parsed JSON: `{"protected": [{"holder", "names": [], "domains": []}], "groups":
 * [], "candidates": [], "ownHosts": [], "ownRecords": []}`, each field optional. Null for any other
 * shape.
 */
export function parseJudgeNames(value: unknown): JudgeNames | null {
  if (!isRecord(value)) return null;
  const rows = value['protected'] ?? [];
  const groups = texts(value['groups'] ?? []);
  const candidatesAndParties = texts(value['candidates'] ?? []);
  if (!Array.isArray(rows) || rows.length > HOLDERS_MAX) return null;
  const ownHosts = texts(value['ownHosts'] ?? []);
  const ownRecords = texts(value['ownRecords'] ?? []);
  if (groups === null || candidatesAndParties === null) return null;
  if (ownHosts === null || ownRecords === null) return null;
  const protectedHolders: ProtectedHolder[] = [];
  for (const row of rows as readonly unknown[]) {
    const holder = holderIn(row);
    if (holder === null) return null;
    protectedHolders.push(holder);
  }
  return {
    protectedHolders,
    coercionNames: { groups, candidatesAndParties },
    ownHosts,
    ownRecords,
  };
}

function holderIn(row: unknown): ProtectedHolder | null {
  if (!isRecord(row)) return null;
  const { holder } = row;
  const names = texts(row['names'] ?? []);
  const domains = texts(row['domains'] ?? []);
  const isWhole = typeof holder === 'string' && names !== null && domains !== null;
  return isWhole ? { holder, names, domains } : null;
}

/** Blank ones are left out: an own host named `` would be that of every hop which names none. */
function texts(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > NAMES_MAX) return null;
  const list = value as readonly unknown[];
  if (!list.every((one) => typeof one === 'string')) return null;
  return list.map((one) => one.trim()).filter((one) => one !== '');
}
