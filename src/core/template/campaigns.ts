import { type Limit, spreadSample } from '../base/index.ts';
import { clusterSketches, type Sketch, sketchText, TEXT_UNITS_MAX } from '../campaign/index.ts';
import { createTyper, type SlotType, type Typer } from './slot-type.ts';
import type { Template } from './template.ts';
import { induceVariants } from './variants.ts';

/** One text of any kind, as `tocsin campaigns` reads it. */
export interface TextRow {
  readonly id: string;
  readonly text: string;
}

/** One wording of a campaign, with how many different values fill each slot. */
export interface CampaignTemplate {
  readonly id: string;
  readonly text: string;
  readonly slots: readonly {
    readonly index: number;
    readonly type: SlotType;
    readonly distinct: number;
  }[];
  readonly members: readonly string[];
}

/** A campaign of `tocsin campaigns`, with what was read out of its texts. */
export interface CampaignRow {
  /** Id of its first member in canonical order (shortest text first). */
  readonly id: string;
  readonly size: number;
  /** In the order of the rows. */
  readonly members: readonly string[];
  /** One a wording, most texts first. */
  readonly templates: readonly CampaignTemplate[];
  /** What the wording itself points to: hosts and addresses that are part of the template. */
  readonly links: readonly { readonly kind: 'url-host' | 'email'; readonly value: string }[];
}

/** What `tocsin campaigns --json` prints. */
export interface CampaignsDocument {
  readonly campaigns: readonly CampaignRow[];
  readonly unclustered: readonly string[];
  readonly limits: readonly Limit[];
}

/**
 * Different texts of one campaign from which its wordings are read, spread; the others join one.
 */
const TEMPLATE_TEXTS_MAX = 5000;

/**
 * Groups texts into campaigns and reads the wordings of each; the order of the rows decides
 * nothing. Equal texts are one text and speak once.
 */
export function findCampaigns(rows: readonly TextRow[]): CampaignsDocument {
  const keys = uniqueKeys(rows);
  const copies = copiesByText(rows, keys);
  const sketches = new Map<string, Sketch>();
  for (const [key, { text }] of copies) sketches.set(key, sketchText(text));
  const answer = clusterSketches([...sketches].map(([id, sketch]) => ({ id, sketch })));
  const groups = [
    ...answer.clusters.map(({ members }) => members),
    ...answer.unclustered.map((key) => [key]),
  ];
  const isGroup = (texts: readonly string[]): boolean =>
    texts.length > 1 || isRepeated(texts[0] ?? '', copies, sketches);
  const typer = createTyper();
  const read = { rows, copies, sketches, typer };
  return {
    campaigns: groups
      .filter(isGroup)
      .map((texts) => campaignOf(texts, read))
      .sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1)),
    unclustered: groups
      .filter((texts) => !isGroup(texts))
      .flatMap(([key = '']) => copies.get(key)?.places ?? [])
      .sort((a, b) => a - b)
      .map((at) => rows[at]?.id ?? ''),
    limits: rows
      .filter(({ text }) => text.length > TEXT_UNITS_MAX)
      .map(({ id }) => ({
        code: 'text-cut',
        at: id,
        text: `Only the first ${TEXT_UNITS_MAX} characters were read.`,
      })),
  };
}

/** Rows that say the same, under the key of one of them that any order gives. */
type Copies = ReadonlyMap<string, RowsOfText>;

interface RowsOfText {
  /** Of the row that stands for all. */
  readonly id: string;
  readonly text: string;
  readonly places: readonly number[];
}

function copiesByText(rows: readonly TextRow[], keys: readonly string[]): Copies {
  const copies = new Map<string, RowsOfText>();
  for (const [text, places] of Map.groupBy(rows.keys(), (at) => rows[at]?.text ?? '')) {
    let least = places[0] ?? 0;
    for (const at of places) if ((keys[at] ?? '') < (keys[least] ?? '')) least = at;
    copies.set(keys[least] ?? '', { id: rows[least]?.id ?? '', text, places });
  }
  return copies;
}

/** One text said several times is a campaign, unless it has no word. */
const isRepeated = (key: string, copies: Copies, sketches: ReadonlyMap<string, Sketch>): boolean =>
  (copies.get(key)?.places.length ?? 0) > 1 && (sketches.get(key)?.words ?? 0) > 0;

/** Ids may repeat in hostile input: the second `a` is told apart from the first. */
function uniqueKeys(rows: readonly TextRow[]): readonly string[] {
  const seen = new Map<string, number>();
  return rows.map(({ id }) => {
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count === 0 ? `${id} ` : `${id}  ${count}`;
  });
}

interface ReadTexts {
  readonly rows: readonly TextRow[];
  readonly copies: Copies;
  readonly sketches: ReadonlyMap<string, Sketch>;
  readonly typer: Typer;
}

function campaignOf(texts: readonly string[], read: ReadTexts): CampaignRow {
  const { rows, copies, typer } = read;
  const placesOf = (keys: readonly string[]): readonly number[] =>
    keys.flatMap((key) => copies.get(key)?.places ?? []).sort((a, b) => a - b);
  const idsOf = (keys: readonly string[]): readonly string[] =>
    placesOf(keys).map((at) => rows[at]?.id ?? '');
  const sorted = texts.toSorted();
  const sample = spreadSample(sorted, TEMPLATE_TEXTS_MAX);
  const variants = induceVariants(
    sample.map((key) => copies.get(key)?.text ?? ''),
    typer,
  );
  const followers = variants.map(({ members }) => members.map((at) => sample[at] ?? ''));
  const taken = new Set(sample);
  const unread = sorted.filter((key) => !taken.has(key));
  if (unread.length > 0) joinUnread(followers, unread, read);
  const members = idsOf(texts);
  const id = copies.get(texts[0] ?? '')?.id ?? '';
  return {
    id,
    size: members.length,
    members,
    templates: variants.map(({ template }, at) => ({
      id: `${id}/${at + 1}`,
      text: template.text,
      slots: template.slots.map(({ index, type, distinct }) => ({ index, type, distinct })),
      members: idsOf(followers[at] ?? []),
    })),
    links: linksIn(variants.map(({ template }) => template)),
  };
}

/** A fingerprint is a wording's own when so many of its texts have it. */
const WORDING_SHARE_MIN = 0.5;

/**
 * Adds each text that no template was read from to the wording whose own fingerprints it shares
 * most.
 */
function joinUnread(
  followers: readonly string[][],
  unread: readonly string[],
  { sketches }: ReadTexts,
): void {
  const cores = followers.map((keys) => {
    const counts = new Map<number, number>();
    for (const key of keys) {
      for (const print of sketches.get(key)?.fingerprints ?? []) {
        counts.set(print, (counts.get(print) ?? 0) + 1);
      }
    }
    const own = [...counts].filter(([, count]) => count >= WORDING_SHARE_MIN * keys.length);
    return new Set(own.map(([print]) => print));
  });
  for (const key of unread) {
    const prints = sketches.get(key)?.fingerprints ?? new Uint32Array();
    const shares = cores.map(
      (core) =>
        prints.reduce((sum, print) => sum + (core.has(print) ? 1 : 0), 0) / (core.size || 1),
    );
    followers[shares.indexOf(Math.max(...shares))]?.push(key);
  }
}

const HOST =
  /\bhttps?:\/\/(?:[^\s/@⟦[\]|]{1,80}@)?([\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8})(?![\p{L}\d.@\u0000-])/giu;
const ADDRESS = /(?<![\w.+\u0000-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w\u0000-])/g;

function linksIn(templates: readonly Template[]): CampaignRow['links'] {
  const fixed = templates
    .map(({ parts }) =>
      parts.map((part) => (part.kind === 'fixed' ? part.text : '\u0000')).join(''),
    )
    .join('\n');
  const hosts = [...fixed.matchAll(HOST)].map((hit) => (hit[1] ?? '').toLowerCase());
  const addresses = [...fixed.matchAll(ADDRESS)].map((hit) => hit[0].toLowerCase());
  return [
    ...[...new Set(hosts)].sort().map((value) => ({ kind: 'url-host' as const, value })),
    ...[...new Set(addresses)].sort().map((value) => ({ kind: 'email' as const, value })),
  ];
}
