import {
  ASSET_EXTENSIONS,
  LOOKUP_PATHS,
  OTHER_NAMES,
  RECORD_NAMES,
} from './parameter-names.data.ts';

/** A place in requests of one form that may hold a record number: `/lookup?voterid=`. */
export interface Slot {
  readonly index: number;
  readonly template: number;
  /** `/lookup?voterid=` or `/voter/{}`: what a person is shown. Never holds a number. */
  readonly shown: string;
  readonly kind: 'named' | 'unnamed' | 'body';
  readonly digitsMin: number;
}

/** What a path means, worked out once for every path. */
export interface PathInfo {
  readonly asset: boolean;
  readonly template: number;
  readonly path: string;
  /** Slot of each query name as it is written; null: not one that can hold a record number. */
  readonly names: Map<string, Slot | null>;
  /** For POST requests without a number; null where the path is no look-up page. */
  readonly body: Slot | null;
  /** Slots in the path itself, each with the place of its segment. */
  readonly segments: readonly { readonly at: number; readonly slot: Slot }[];
}

/**
 * Paths that are kept; a scanner asks for more than any site has. Further ones are worked out anew.
 */
const PATHS_MAX = 20_000;
/** Forms of requests that are told apart; a site has a few hundred. */
export const TEMPLATES_MAX = 5_000;
/** Query names of one form. */
const NAMES_MAX = 64;
/** An unnamed number shorter than this is a page, a year or a district. */
const UNNAMED_DIGITS_MIN = 5;

/** What the requests of a log ask for: bounded, however many different ones a scanner tries. */
export interface Targets {
  /** What `path` (no query) means; null once more forms were met than are told apart. */
  path(path: string): PathInfo | null;
  /** Slot of a query name; null where it cannot hold a record number. */
  slot(info: PathInfo, name: string): Slot | null;
  readonly slots: readonly Slot[];
  readonly full: boolean;
}

/** `named`: the operator's own name of the record number's parameter; then only it counts. */
export function createTargets(named: string | null, copy: (text: string) => string): Targets {
  const paths = new Map<string, PathInfo>();
  const templates = new Map<string, PathInfo>();
  const slots: Slot[] = [];
  let full = false;

  const add = (template: number, shown: string, kind: Slot['kind']): Slot => {
    const digitsMin = kind === 'named' ? 1 : UNNAMED_DIGITS_MIN;
    const slot: Slot = { index: slots.length, template, shown, kind, digitsMin };
    slots.push(slot);
    return slot;
  };
  const kindOf = (name: string): Slot['kind'] | null => {
    if (named !== null) return name.toLowerCase() === named.toLowerCase() ? 'named' : null;
    const plain = name.toLowerCase().replace(/[^a-z]/g, '');
    if (OTHER_NAMES.test(plain) || plain === '') return null;
    return RECORD_NAMES.test(plain) ? 'named' : 'unnamed';
  };
  const make = (path: string, places: readonly number[]): PathInfo => {
    const segments = path.split('/');
    const template = templates.size;
    const found = places.flatMap((at) => {
      const kind = kindOf(segments[at - 1] ?? '');
      const shown = segments.slice(0, at).concat('{}').join('/');
      return kind === null || slots.length >= TEMPLATES_MAX * 4
        ? []
        : [{ at, slot: add(template, shown, kind) }];
    });
    const tail = path.slice(path.lastIndexOf('/') + 1);
    const asset = ASSET_EXTENSIONS.has(tail.slice(tail.lastIndexOf('.') + 1).toLowerCase());
    const isPage = !asset && LOOKUP_PATHS.test(path);
    const body = isPage ? add(template, `${path} (body)`, 'body') : null;
    return { asset, template, path, names: new Map(), body, segments: found };
  };

  return {
    slots,
    get full() {
      return full;
    },
    path(path) {
      const known = paths.get(path);
      if (known !== undefined) return known;
      const places = numberedSegments(path);
      const form = places.length === 0 ? path : withoutNumbers(path, places);
      let info = templates.get(form);
      if (info === undefined) {
        if (templates.size >= TEMPLATES_MAX) {
          full = true;
          return null;
        }
        const kept = copy(form);
        info = make(kept, places);
        templates.set(kept, info);
      }
      if (places.length === 0 && paths.size < PATHS_MAX) paths.set(info.path, info);
      return info;
    },
    slot(info, name) {
      const known = info.names.get(name);
      if (known !== undefined) return known;
      if (info.names.size >= NAMES_MAX) return null;
      const kept = copy(name);
      const kind = kindOf(decodedName(kept));
      const slot =
        kind === null ? null : add(info.template, `${info.path}?${decodedName(kept)}=`, kind);
      info.names.set(kept, slot);
      return slot;
    },
  };
}

/** `voterid[$acunetix]` and `voter%69d` are the name `voterid`. */
function decodedName(name: string): string {
  const text = name.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const bracket = text.indexOf('[');
  return bracket > 0 ? text.slice(0, bracket) : text;
}

/** Places of the segments that are a few letters and at least three digits. */
function numberedSegments(path: string): readonly number[] {
  if (!/\d{3}/.test(path)) return [];
  return path
    .split('/', 32)
    .flatMap((segment, at) => (at > 0 && /^[a-z]{0,4}\d{3,15}$/i.test(segment) ? [at] : []));
}

function withoutNumbers(path: string, places: readonly number[]): string {
  const segments = path.split('/');
  for (const at of places) segments[at] = '{}';
  return segments.join('/');
}
