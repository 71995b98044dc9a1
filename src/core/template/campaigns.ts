import type { Limit } from '../base/index.ts';
import { clusterSketches, sketchText, TEXT_UNITS_MAX } from '../campaign/index.ts';
import { createTyper, type SlotType, type Typer } from './slot-type.ts';
import { induceTemplate, type Template } from './template.ts';

/** One text of any kind, as `tocsin campaigns` reads it. */
export interface TextRow {
  readonly id: string;
  readonly text: string;
}

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

export interface CampaignRow {
  /** Id of its first member in canonical order (shortest text first). */
  readonly id: string;
  readonly size: number;
  /** In the order of the rows. */
  readonly members: readonly string[];
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

/** Texts of one campaign from which a template is read; the rest are members all the same. */
const TEMPLATE_TEXTS_MAX = 5000;

/** Groups texts into campaigns and reads the template of each; the order of the rows decides nothing. */
export function findCampaigns(rows: readonly TextRow[]): CampaignsDocument {
  const keys = uniqueKeys(rows);
  const { clusters, unclustered } = clusterSketches(
    rows.map(({ text }, at) => ({ id: keys[at] ?? '', sketch: sketchText(text) })),
  );
  const typer = createTyper();
  const place = new Map(keys.map((key, at) => [key, at]));
  const placeOf = (key: string): number => place.get(key) ?? 0;
  return {
    campaigns: clusters.map(({ id, members }) =>
      campaignOf(
        rows[placeOf(id)]?.id ?? '',
        members
          .map(placeOf)
          .sort((a, b) => a - b)
          .map((at) => rows[at] as TextRow),
        typer,
      ),
    ),
    unclustered: unclustered
      .map(placeOf)
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

/** Ids may repeat in hostile input: the second `a` is told apart from the first. */
function uniqueKeys(rows: readonly TextRow[]): readonly string[] {
  const seen = new Map<string, number>();
  return rows.map(({ id }) => {
    const count = seen.get(id) ?? 0;
    seen.set(id, count + 1);
    return count === 0 ? `${id} ` : `${id}  ${count}`;
  });
}

function campaignOf(id: string, rows: readonly TextRow[], typer: Typer): CampaignRow {
  const members = rows.map((row) => row.id);
  const texts = [...new Set(rows.map(({ text }) => text))].slice(0, TEMPLATE_TEXTS_MAX);
  const template = induceTemplate(texts, typer);
  return {
    id,
    size: rows.length,
    members,
    templates: [
      {
        id: `${id}/1`,
        text: template.text,
        slots: template.slots.map(({ index, type, distinct }) => ({ index, type, distinct })),
        members,
      },
    ],
    links: linksIn(template),
  };
}

const HOST =
  /\bhttps?:\/\/(?:[^\s/@⟦[\]|]{1,80}@)?([\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8})(?![\p{L}\d.@\u0000-])/giu;
const ADDRESS = /(?<![\w.+\u0000-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w\u0000-])/g;

function linksIn({ parts }: Template): CampaignRow['links'] {
  const fixed = parts.map((part) => (part.kind === 'fixed' ? part.text : '\u0000')).join('');
  const hosts = [...fixed.matchAll(HOST)].map((hit) => (hit[1] ?? '').toLowerCase());
  const addresses = [...fixed.matchAll(ADDRESS)].map((hit) => hit[0].toLowerCase());
  return [
    ...[...new Set(hosts)].sort().map((value) => ({ kind: 'url-host' as const, value })),
    ...[...new Set(addresses)].sort().map((value) => ({ kind: 'email' as const, value })),
  ];
}
