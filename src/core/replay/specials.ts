import type { Random } from '../base/index.ts';
import {
  ALMERA,
  ANKERHAVN,
  CLAYBURN,
  type County,
  FLAXLEY,
  PELLINGTON,
  ZEPHYR,
} from '../invented/index.ts';
import type { FormRow } from '../mail-writer/index.ts';
import { FIRST_REPORT, HOUR, type Volumes } from './volumes.ts';

/** What sets one report apart: a planted trap or a fixed fact of the case. */
export interface Special {
  readonly county?: County;
  /** County in which the list has the voter: the movers. */
  readonly listedIn?: County;
  readonly sentAt?: number;
  readonly secondSender?: boolean;
  readonly forged?: boolean;
  /** A canary of the copy that the senders had: its mailbox tells of the mail. */
  readonly canary?: true;
  /** A reporter's address that resembles the shown sender's. */
  readonly email?: string;
  /** The same voter as an earlier report, about the same mail or about a second one. */
  readonly sameAs?: { readonly place: number; readonly what: 'mail' | 'voter' };
}

export interface Slot {
  readonly place: number;
  readonly at: number;
  readonly form: FormRow;
}

/** One voter in Flaxley was mailed at 17:20 and at 18:54 (fact): 94 minutes apart. */
const TWICE_MAILED = [Date.UTC(2020, 9, 20, 21, 20), Date.UTC(2020, 9, 20, 22, 54)] as const;

export const LOOKALIKE_REPORTERS = ['info@brackenford.example', 'info@brackenfold.example.org'];

/** Shares of all reports (set). */
const SAME_MAIL_AGAIN = 0.03;
const SECOND_MAIL = 0.02;
const FORGED = 0.03;

export function specialReports(
  slots: readonly Slot[],
  { volumes, canariesHeard }: { readonly volumes: Volumes; readonly canariesHeard: number },
  random: Random,
): ReadonlyMap<number, Special> {
  const specials = new Map<number, Special>();
  const waiting = random.shuffle(slots);
  const fits = (slot: Slot, hours: number): boolean =>
    !specials.has(slot.place) && slot.at > FIRST_REPORT + hours * HOUR;
  const plant = (hours: number, special: Special, wanted: (slot: Slot) => boolean): void => {
    const slot = waiting.find((each) => fits(each, hours) && wanted(each));
    if (slot !== undefined) specials.set(slot.place, special);
  };
  const plantPair = (hours: number, first: Special, second: Special, what: 'mail' | 'voter') => {
    for (const early of waiting) {
      if (!fits(early, hours) || isDigest(early)) continue;
      const late = waiting.find(
        (each) => fits(each, hours) && each.place > early.place && isPartner(early, each),
      );
      if (late === undefined) continue;
      specials.set(early.place, first);
      specials.set(late.place, { ...second, sameAs: { place: early.place, what } });
      return;
    }
  };
  const [once, twice] = TWICE_MAILED;
  plantPair(12, { county: FLAXLEY, sentAt: once }, { county: FLAXLEY, sentAt: twice }, 'voter');
  for (let rest = 0; rest < 2; rest++) plant(13, { county: FLAXLEY }, anySlot);
  for (let rest = 0; rest < 2; rest++) plant(13, { county: CLAYBURN }, anySlot);
  plant(24, { county: ZEPHYR, listedIn: ALMERA }, (slot) => slot.form.intact);
  plant(24, { county: PELLINGTON, listedIn: ANKERHAVN }, (slot) => slot.form.intact);
  for (const email of LOOKALIKE_REPORTERS) plant(6, { email }, (slot) => writesItself(slot));
  for (let rest = canariesHeard; rest > 0; rest--)
    plant(8, { county: ALMERA, canary: true }, writesItself);
  for (let rest = volumes.secondSenderReports; rest > 0; rest--)
    plant(10, { county: ANKERHAVN, secondSender: true }, anySlot);
  for (let rest = share(slots, FORGED); rest > 0; rest--)
    plant(6, { forged: true }, (slot) => slot.form.intact);
  for (let rest = share(slots, SAME_MAIL_AGAIN); rest > 0; rest--) plantPair(6, {}, {}, 'mail');
  for (let rest = share(slots, SECOND_MAIL); rest > 0; rest--) plantPair(14, {}, {}, 'voter');
  return specials;
}

const share = (slots: readonly Slot[], of: number): number =>
  Math.max(2, Math.round(slots.length * of));

const anySlot = (): boolean => true;
const isDigest = ({ form }: Slot): boolean => form.form.startsWith('digest');
const writesItself = (slot: Slot): boolean => !isDigest(slot) && slot.form.form !== 'eml';

/** One voter keeps to one program; a raw download fits any. */
const isPartner = (early: Slot, late: Slot): boolean =>
  !isDigest(late) &&
  (early.form.form === 'eml' ? late.form.form === 'eml' : late.form.client === early.form.client);
