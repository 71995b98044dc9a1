import type { ShownBody } from '../mail/index.ts';
import { type HostReader, readHost } from './host-name.ts';
import type { Sighting } from './scan-text.ts';
import { readLink } from './url.ts';

/**
 * Of what a text names, notes where soft breaks within words were undone (`line-joined`), and adds
 * what a reader sees whose mail program does not undo them (`line-unjoined`): a link that leads to
 * another host where its line ends, or that begins the next line.
 *
 * `scan` reads a piece of the text. Of each sighting the first break counts: linear time.
 */
export function withUnjoined(
  sightings: readonly Sighting[],
  { text, joins = [] }: Pick<ShownBody, 'text' | 'joins'>,
  scan: (piece: string) => readonly Sighting[],
  hosts: HostReader = readHost,
): readonly Sighting[] {
  if (joins.length === 0) return sightings;
  return sightings.flatMap((sighting) => {
    const join = joins[firstBehind(joins, sighting.start)];
    if (join === undefined || join >= sighting.end) return sighting;
    const host = hostOf(sighting, hosts);
    const isAnother = (piece: Sighting): boolean => hostOf(piece, hosts) !== host;
    const before = scan(text.slice(sighting.start, join)).filter(isAnother);
    const behind = scan(text.slice(join, sighting.end)).filter(
      (piece) => isLinkAtStart(piece) && isAnother(piece),
    );
    return [
      { ...sighting, how: [...sighting.how, 'line-joined'] },
      ...before.map((piece) => unjoined(piece, sighting.start)),
      ...behind.map((piece) => unjoined(piece, join)),
    ];
  });
}

/** With its scheme: the rest of a link that was cut is no site of its own. */
const isLinkAtStart = ({ type, start, how }: Sighting): boolean =>
  type === 'url' && start === 0 && !how.includes('no-scheme');

const unjoined = (piece: Sighting, at: number): Sighting => ({
  ...piece,
  start: at + piece.start,
  end: at + piece.end,
  how: [...piece.how, 'line-unjoined'],
});

const hostOf = ({ type, value }: Sighting, hosts: HostReader): string =>
  type === 'url'
    ? (readLink(value, hosts)?.host?.ascii ?? value)
    : value.slice(value.lastIndexOf('@') + 1).toLowerCase();

/** Index of the first join behind a place; their number where there is none. */
function firstBehind(joins: readonly number[], place: number): number {
  let [low, high] = [0, joins.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (joins[middle]! <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
