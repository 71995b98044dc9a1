import type { Random } from '../base/index.ts';
import { NO_FACTS, type SizeFacts } from '../exposure/index.ts';
import { CANARY } from './copies.ts';
import type { PlannedF } from './plan-f.ts';

/** Share of mails to canary mailboxes that arrived (set). */
export const CANARY_DELIVERY = 0.8;
const PROBES = 60;
const ASKED = 500;
/** People who remember such a mail, and people who say so without one (set). */
const SENSITIVITY = 0.9;
const SPECIFICITY = 0.99;
/** Half the width of what the provider's share is known to. */
const SHARE_MARGIN = 0.03;
const HOUSE = 'freemail.example';

/** What people found out beside the reports, drawn from what is true of state F. */
export function sizeFacts(f: PlannedF, random: Random): SizeFacts {
  const copy = f.copies[f.used];
  const rows = copy?.rows ?? [];
  const voters = f.mailed.filter(({ resident }) => resident !== CANARY);
  const targets = rows.filter((row) => f.isTarget(row) && row.resident !== CANARY);
  const atHouse = (of: typeof rows): number =>
    of.filter(({ email }) => email.endsWith(`@${HOUSE}`)).length;
  const share = atHouse(targets) / Math.max(1, targets.length);
  const mailed = voters.length / Math.max(1, rows.length);
  const yes = SENSITIVITY * mailed + (1 - SPECIFICITY) * (1 - mailed);
  return {
    ...NO_FACTS,
    probes: { sent: PROBES, arrived: times(PROBES, CANARY_DELIVERY, random) },
    provider: {
      count: atHouse(voters),
      shareLow: rounded(share - SHARE_MARGIN),
      shareHigh: rounded(share + SHARE_MARGIN),
      scope: 'addresses on the list of state F to which mails with this subject came',
    },
    survey: {
      yes: times(ASKED, yes, random),
      asked: ASKED,
      sensitivity: SENSITIVITY,
      specificity: SPECIFICITY,
      random: true,
    },
  };
}

const times = (trials: number, chance: number, random: Random): number =>
  Array.from({ length: trials }, () => random.chance(chance)).filter(Boolean).length;

const rounded = (share: number): number => Math.round(share * 1000) / 1000;
