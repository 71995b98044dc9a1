import { type GeoProjection, geoBounds, geoConicEqualArea } from 'd3-geo';
import { fipsOf } from './county-codes.ts';
import type { Arc, Atlas, CountyShape } from './topology.ts';

export interface CountyOutline {
  readonly id: string;
  readonly name: string;
  /** An SVG path. */
  readonly path: string;
}

export interface StateMap {
  readonly width: number;
  readonly height: number;
  readonly counties: readonly CountyOutline[];
}

const MARGIN = 2;
/** Points nearer to the one before, in units of the drawing, are left out: nobody sees them. */
const STEP_MIN = 1.2;
/** A state taller than this many times its width is drawn smaller. */
const TALL_MAX = 1.1;

/**
 * The counties of a state as outlines in a box of `width`: an equal-area cone that stands over the
 * state, so that no county looks larger than it is. Null for what is no state of the atlas.
 */
export function drawState(atlas: Atlas, state: string, width: number): StateMap | null {
  const fips = fipsOf(state);
  const counties = atlas.counties.filter(({ id }) => fips !== null && id.startsWith(fips));
  if (counties.length === 0) return null;
  const numbers = new Set(counties.flatMap(({ rings }) => rings.flat().map(forward)));
  const arcs = new Map([...numbers].map((number) => [number, atlas.arc(number)]));
  const { projection, height } = fitted([...arcs.values()], width);
  const drawn = new Map([...arcs].map(([number, arc]) => [number, thinned(arc, projection)]));
  return {
    width,
    height,
    counties: counties.map((county) => ({
      id: county.id,
      name: county.name,
      path: outline(county, drawn),
    })),
  };
}

const forward = (number: number): number => (number < 0 ? ~number : number);

type Points = readonly (readonly [x: number, y: number])[];

function fitted(
  arcs: readonly Arc[],
  width: number,
): { readonly projection: GeoProjection; readonly height: number } {
  const coordinates = arcs.flat().map(([x, y]): [number, number] => [x, y]);
  const all = { type: 'MultiPoint' as const, coordinates };
  const [[west, south], [east, north]] = geoBounds(all);
  // Alaska's islands lie beyond 180 degrees: the bounds then run from west of it to east of it.
  const span = east < west ? east + 360 - west : east - west;
  const projection = geoConicEqualArea()
    .rotate([-(west + span / 2), 0])
    .parallels([south + (north - south) / 6, north - (north - south) / 6])
    .fitWidth(width - 2 * MARGIN, all);
  const tall = boxOf(coordinates, projection);
  const most = width * TALL_MAX;
  if (tall > most)
    projection.fitExtent(
      [
        [MARGIN, MARGIN],
        [width - MARGIN, most],
      ],
      all,
    );
  else {
    const [x, y] = projection.translate();
    projection.translate([x + MARGIN, y + MARGIN]);
  }
  return { projection, height: Math.ceil(Math.min(tall, most) + 2 * MARGIN) };
}

/** Height of the drawing, whose top is at 0. */
const boxOf = (coordinates: readonly [number, number][], projection: GeoProjection): number =>
  coordinates.reduce((low, point) => Math.max(low, projection(point)?.[1] ?? 0), 0);

/** Thinned as an arc, not as a county: neighbours keep one border. */
function thinned(arc: Arc, projection: GeoProjection): Points {
  const kept: [number, number][] = [];
  for (const [at, [longitude, latitude]] of arc.entries()) {
    const point = projection([longitude, latitude]);
    if (point === null) continue;
    const [x, y] = [Math.round(point[0] * 10) / 10, Math.round(point[1] * 10) / 10];
    const last = kept.at(-1);
    const isEnd = at === 0 || at === arc.length - 1;
    if (isEnd || last === undefined || Math.hypot(x - last[0], y - last[1]) >= STEP_MIN) {
      kept.push([x, y]);
    }
  }
  return kept;
}

const outline = ({ rings }: CountyShape, drawn: ReadonlyMap<number, Points>): string =>
  rings
    .map((ring) => {
      const points = ring.flatMap((number, at) => {
        const arc = drawn.get(forward(number)) ?? [];
        const walked = number < 0 ? arc.toReversed() : arc;
        return at === 0 ? walked : walked.slice(1);
      });
      return points.length < 3 ? '' : `M${points.map(([x, y]) => `${x},${y}`).join('L')}Z`;
    })
    .join('');
