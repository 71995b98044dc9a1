import type { PersonKeys, RecordVersion } from '../../core/exposure/index.ts';
import { addressKeys, emailKey, nameKey, zipKey } from '../../core/roll/index.ts';
import type { RowCells, RowParts } from '../roll-rows/index.ts';
import type { RollFile } from './release-file.ts';
import type { ReportKeys } from './report-keys.ts';

/** A key that picks more record versions than this for one report tells nobody apart. */
const BLOCK_VERSIONS_MAX = 1000;
/** Record versions that are held, about 400 bytes each; keys that would pick more are given up. */
const VERSIONS_MAX = 1_000_000;

interface Held {
  readonly person: string;
  readonly keys: PersonKeys;
  readonly releases: number[];
  readonly strata: string[];
}

/** Rows that share a blocking key with a report, as record versions. */
export interface Candidates {
  /** `met`: the first `count` places of keys that the row meets. */
  take(row: RowCells, seen: SeenRow): void;
  result(reports: number): Found;
}

export interface SeenRow {
  readonly parts: RowParts;
  readonly file: RollFile;
  readonly release: number;
  readonly stratum: string;
  readonly met: Int32Array;
  readonly count: number;
  readonly drawn: boolean;
}

export interface Found {
  readonly versions: readonly RecordVersion[];
  readonly pairs: readonly (readonly [report: number, version: number])[];
  readonly sample: readonly PersonKeys[];
  readonly crowdedKeys: number;
  /** Reports whose e-mail address picks too many rows to tell anyone apart. */
  readonly crowdedAddresses: ReadonlySet<number>;
}

export function collectCandidates(keys: ReportKeys): Candidates {
  const versions: Held[] = [];
  const places = new Map<string, number>();
  const drawn = new Set<number>();
  /** Versions by the place of the key that picked them; null for a key that picks too many. */
  const blocks: (number[] | null | undefined)[] = [];
  const enter = (place: number, version: number, isNew: boolean): void => {
    const block = blocks[place];
    if (block === null) return;
    if (block === undefined) blocks[place] = [version];
    else if (isNew || !block.includes(version)) {
      if (block.length === BLOCK_VERSIONS_MAX) blocks[place] = null;
      else block.push(version);
    }
  };
  const isWanted = ({ met, count, drawn: isDrawn }: SeenRow): boolean => {
    for (let at = 0; at < count; at++) if (blocks[met[at]!] !== null) return true;
    return isDrawn;
  };
  return {
    take: (row, seen) => {
      if (!isWanted(seen)) return;
      const { met, count, release, stratum } = seen;
      const { person, keys: own, unit } = spelt(row, seen);
      const name = [person, unit, ...Object.values(own)].join('\u001f');
      let version = places.get(name);
      const isNew = version === undefined;
      if (version === undefined) {
        if (versions.length === VERSIONS_MAX) {
          for (let at = 0; at < count; at++) blocks[met[at]!] = null;
          return;
        }
        version = versions.length;
        places.set(name, version);
        versions.push({ person, keys: own, releases: [release], strata: [stratum] });
      } else if (versions[version]!.releases.at(-1) !== release) {
        versions[version]!.releases.push(release);
        versions[version]!.strata.push(stratum);
      }
      if (seen.drawn) drawn.add(version);
      for (let at = 0; at < count; at++) enter(met[at]!, version, isNew);
    },
    result: (reports) => found({ versions, blocks, drawn, keys }, reports),
  };
}

function spelt(
  row: RowCells,
  { parts, file: { manifest, layout } }: SeenRow,
): { readonly person: string; readonly keys: PersonKeys; readonly unit: string } {
  const text = parts.text;
  const line = `${text(row, 'ResidenceAddress.Line')} ${text(row, 'ResidenceAddress.Unit')}`;
  const { house, street, unit } = addressKeys(line);
  const keys: PersonKeys = {
    first: nameKey(text(row, 'FirstName')),
    last: nameKey(text(row, 'LastName')),
    house,
    street,
    city: nameKey(text(row, 'ResidenceAddress.City')),
    zip: zipKey(text(row, 'ResidenceAddress.ZipCode')),
    email: emailKey(text(row, 'ContactMethod.Email')),
  };
  const born = layout.places.has('DateOfBirth') ? 'DateOfBirth' : 'YearOfBirth';
  // Who a row is: the voter id, else the names and the year or day of birth.
  const who = text(row, 'VoterId') || [keys.first, keys.last, text(row, born), keys.zip].join('/');
  return { person: `${manifest.jurisdiction}/${who}`, keys, unit };
}

/** Only versions that stand in a pair are kept, under new places. */
function found(
  {
    versions,
    blocks,
    drawn,
    keys,
  }: {
    readonly versions: readonly Held[];
    readonly blocks: readonly (readonly number[] | null | undefined)[];
    readonly drawn: ReadonlySet<number>;
    readonly keys: ReportKeys;
  },
  reports: number,
): Found {
  const ofReport: Set<number>[] = Array.from({ length: reports }, () => new Set());
  let crowdedKeys = 0;
  for (const [place, block] of blocks.entries()) {
    const asking = keys.reports[place] ?? [];
    if (block === null) crowdedKeys += asking.length;
    for (const report of asking) {
      for (const version of block ?? []) ofReport[report]!.add(version);
    }
  }
  const places = new Map<number, number>();
  const kept: RecordVersion[] = [];
  const pairs: (readonly [number, number])[] = [];
  for (const [report, own] of ofReport.entries()) {
    for (const version of own) {
      let place = places.get(version);
      if (place === undefined) {
        place = kept.length;
        places.set(version, place);
        kept.push(versions[version]!);
      }
      pairs.push([report, place]);
    }
  }
  const sample = [...drawn].map((version) => versions[version]!.keys);
  const crowdedAddresses = new Set(
    keys.emailOf.flatMap((place, report) => (blocks[place] === null ? [report] : [])),
  );
  return { versions: kept, pairs, sample, crowdedKeys, crowdedAddresses };
}
