/** A line of an atlas: longitude and latitude in degrees. */
export type Arc = readonly (readonly [longitude: number, latitude: number])[];

/** One county: rings of arcs, by their number; a negative one (~n) is walked backwards. */
export interface CountyShape {
  /** FIPS: two digits for the state, three for the county. */
  readonly id: string;
  readonly name: string;
  readonly rings: readonly (readonly number[])[];
}

export interface Atlas {
  readonly counties: readonly CountyShape[];
  /** The arc of a number, decoded as it is asked for. */
  arc(number: number): Arc;
}

interface Topology {
  readonly transform: {
    readonly scale: readonly [number, number];
    readonly translate: readonly [number, number];
  };
  readonly arcs: readonly (readonly (readonly [number, number])[])[];
  readonly objects: { readonly counties: { readonly geometries: readonly Geometry[] } };
}

type Geometry = {
  readonly id: string;
  readonly properties: { readonly name: string };
} & (
  | { readonly type: 'Polygon'; readonly arcs: readonly (readonly number[])[] }
  | { readonly type: 'MultiPolygon'; readonly arcs: readonly (readonly (readonly number[])[])[] }
);

/**
 * Reads the counties of a TopoJSON file (us-atlas, from the US Census Bureau): quantised arcs, each
 * a start and then differences, shared by the counties on both sides. The file comes with the
 * program.
 */
export function readAtlas(json: string): Atlas {
  const { transform, arcs, objects } = JSON.parse(json) as Topology;
  const [scaleX, scaleY] = transform.scale;
  const [left, bottom] = transform.translate;
  return {
    counties: objects.counties.geometries.map((geometry) => ({
      id: geometry.id,
      name: geometry.properties.name,
      rings: geometry.type === 'Polygon' ? geometry.arcs : geometry.arcs.flat(),
    })),
    arc(number) {
      let x = 0;
      let y = 0;
      return (arcs[number] ?? []).map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [x * scaleX + left, y * scaleY + bottom] as const;
      });
    },
  };
}
