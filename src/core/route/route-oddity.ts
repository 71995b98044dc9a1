import { type Instant, millisecondsOf } from '../base/index.ts';
import { haveOneOwner, isPrivateName } from './host-owner.ts';
import { reachOf } from './ip-address.ts';
import type { Hop } from './received.ts';
import { takingHop } from './record-place.ts';

/**
 * Something about a route that a person should look at. None of it proves forgery, and a route
 * without any proves nothing: whoever writes hops can write consistent ones.
 *
 * | code | means |
 * | --- | --- |
 * | `clock-backwards` | dated before the hop that it took the message from |
 * | `long-wait` | the message lay for hours between this hop and the one before |
 * | `undated` | no date that names a moment |
 * | `private-client` | below the boundary: handed over inside some network, not seen from outside |
 * | `claims-recipient` | below the boundary, yet names a host of the recipient's side |
 * | `names-differ` | took the message from a host of another owner than the hop before names |
 * | `date-ahead` | took the message in before its Date line says that it was written |
 * | `date-behind` | took it in days after that, longer than mail hosts try to hand one over |
 */
export interface RouteOddity {
  readonly code:
    | 'clock-backwards'
    | 'long-wait'
    | 'undated'
    | 'private-client'
    | 'claims-recipient'
    | 'names-differ'
    | 'date-ahead'
    | 'date-behind';
  /** Place in the route, newest first. */
  readonly hop: number;
  /** For the clocks: how far, in seconds; else null. */
  readonly seconds: number | null;
}

/** Clocks of mail hosts that keep time differ by less; more is a wrong clock or a written date. */
const CLOCK_SKEW_SECONDS_MAX = 120;

/**
 * RFC 5321 section 4.5.4.1 retries within the hour at first: hours mean trouble or a held batch.
 */
const WAIT_SECONDS_MAX = 6 * 3600;

/**
 * Senders' own clocks are an hour off after a wrong time zone. Of 4,014 honest mails of 2002 with
 * both dates 15 are further ahead, of 1,765 of spam 436.
 */
const DATE_AHEAD_SECONDS_MAX = 3600;

/** RFC 5321 section 4.5.4.1: a mail host gives up after 4 or 5 days. */
const DATE_BEHIND_SECONDS_MAX = 5 * 86_400;

type Note = (code: RouteOddity['code'], seconds?: number) => void;

/** What is odd in a route, in order of its hops; `written`: the moment that its Date line names. */
export function routeOddities(
  route: readonly Hop[],
  written: Instant | null = null,
): readonly RouteOddity[] {
  const oddities: RouteOddity[] = [];
  const recipientHosts = route.filter((hop) => hop.trusted).map((hop) => hop.by);
  const dated = written === null ? null : millisecondsOf(written);
  const times = route.map(({ date }) => (date === null ? null : millisecondsOf(date)));
  const farOf = (at: number) => (dated === null ? null : farFrom(times[at] ?? null, dated));
  // Which hop took the mail in is sought where it matters.
  const isFar = route.some(({ trusted }, at) => trusted && farOf(at) !== null);
  const taking = isFar ? takingHop(route) : null;
  for (const [at, hop] of route.entries()) {
    const note: Note = (code, seconds) =>
      void oddities.push({ code, hop: at, seconds: seconds ?? null });
    const before = route[at + 1];
    noteTime(times[at] ?? null, times[at + 1] ?? null, note);
    if (before !== undefined && namesDiffer(hop, before)) note('names-differ');
    const far = hop === taking ? farOf(at) : null;
    if (far !== null) note(far.code, far.seconds);
    if (!hop.trusted) noteOutside(hop, recipientHosts, note);
  }
  return oddities;
}

function noteTime(taken: number | null, sent: number | null, note: Note): void {
  if (taken === null) note('undated');
  if (taken === null || sent === null) return;
  const seconds = (taken - sent) / 1000;
  if (seconds < -CLOCK_SKEW_SECONDS_MAX) note('clock-backwards', -seconds);
  else if (seconds > WAIT_SECONDS_MAX) note('long-wait', seconds);
}

/** The Date line against a clock of the recipient's side: it is the sender's to write. */
function farFrom(
  taken: number | null,
  written: number,
): { readonly code: 'date-ahead' | 'date-behind'; readonly seconds: number } | null {
  if (taken === null) return null;
  const seconds = (written - taken) / 1000;
  if (seconds > DATE_AHEAD_SECONDS_MAX) return { code: 'date-ahead', seconds };
  return -seconds > DATE_BEHIND_SECONDS_MAX ? { code: 'date-behind', seconds: -seconds } : null;
}

/** Of a hop below the trust boundary. */
function noteOutside({ ip, by }: Hop, recipientHosts: readonly Hop['by'][], note: Note): void {
  if (ip !== null && reachOf(ip) === 'private') note('private-client');
  if (by !== null && recipientHosts.some((host) => isSameSide(host, by))) note('claims-recipient');
}

const isSameSide = (a: string | null, b: string): boolean =>
  a !== null && !isPrivateName(a) && !isPrivateName(b) && haveOneOwner(a, b);

/** Only public names can differ: inside a network hosts go by many names. */
function namesDiffer(hop: Hop, before: Hop): boolean {
  const names = [hop.from, hop.reverseName].filter(
    (name): name is string => name !== null && !isPrivateName(name) && !name.startsWith('['),
  );
  if (names.length === 0 || before.by === null || isPrivateName(before.by)) return false;
  return !names.some((name) => haveOneOwner(name, before.by!));
}
