import type { Canary } from '../exposure/index.ts';
import { listCounties, type OfficeOrder, type Resident } from '../invented/index.ts';
import type { ReplayOrder } from './replay.ts';
import type { PlannedReports, Report } from './reports.ts';
import type { Voter } from './voters.ts';

/**
 * Counties that get their lists unless another number is asked for: those of the wave, the control.
 */
const COUNTY_LISTS = 8;

/** What the offices' lists must hold so that they fit the reports. */
export function officeOrder(
  { reports, canaries, canariesHeard }: PlannedReports,
  { scale, countyLists = COUNTY_LISTS }: Pick<ReplayOrder, 'scale' | 'countyLists'>,
): OfficeOrder {
  const planted = new Set(canariesHeard.map(({ key }) => key));
  const voters = new Map(reports.map(({ mail: { recipient } }) => [recipient.key, recipient]));
  const residents = (state: 'F' | 'A'): readonly Resident[] =>
    [...voters.values()]
      .filter(({ key, listedIn }) => listedIn.state === state && !planted.has(key))
      .map(residentOf);
  return {
    scale,
    residents: { F: residents('F'), A: residents('A') },
    askedAbout: new Set(
      reports
        .filter(({ mail }) => mail.wording.base === 'T1')
        .map(({ mail: { recipient } }) => recipient.key),
    ),
    countyLists,
    canaries,
    canariesHeard: canariesHeard.map(canaryOf),
  };
}

function residentOf(voter: Voter): Resident {
  const { key, given, family, email, listed, listedIn, county, address, moved } = voter;
  const place = listCounties(listedIn.state).find(({ county: own }) => own === listedIn);
  if (place === undefined) throw new Error('a list has the counties of its state');
  const to = county.state === listedIn.state ? address : null;
  return {
    key,
    given,
    family,
    email,
    place,
    listed,
    moved: moved === null ? null : { month: moved.slice(0, 7), to },
  };
}

const canaryOf = ({ given, family, email, listed }: Voter): Canary => ({
  email,
  first: given,
  last: family,
  street: listed.street,
  city: listed.town,
  zip: listed.postalCode,
});

/** The reports as they were sent: homes spelled as the copy of the list spells them. */
export function spelledReports(
  reports: readonly Report[],
  homes: ReadonlyMap<string, string>,
): readonly Report[] {
  return reports.map((report) => {
    const { mail } = report;
    const street = homes.get(mail.recipient.key);
    if (street === undefined) return report;
    const spelled = { ...mail.recipient.listed, street };
    return { ...report, mail: { ...mail, recipient: { ...mail.recipient, spelled } } };
  });
}
