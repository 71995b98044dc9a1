import type { Template } from '../src/core/template/index.ts';
import type { GeneratedMessage } from './generator/corpus.ts';

/** How well templates were recovered, over all messages given. */
export interface TemplateScore {
  /** Tokens other than punctuation: slot against all else. */
  readonly tokenF1: number;
  /** Maximal runs of adjacent slot tokens, edge punctuation trimmed, equal on both sides. */
  readonly spanF1: number;
  /** Single true fields found with both ends right. */
  readonly fieldRecall: number;
  /** True slots with at least 0.7 of their instances found, as field or as run. */
  readonly slotRecall: number;
  /** Of those, the ones whose commonest match has the true type. */
  readonly typeAccuracy: number;
  /** Tokens of alternatives that were called slot, over all such tokens. */
  readonly choicesCalledSlot: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly slot: string;
  readonly type: string;
}

interface Tally {
  both: number;
  predicted: number;
  truth: number;
}

interface SlotTally {
  readonly type: string;
  seen: number;
  found: number;
  readonly types: Map<string, number>;
}

/**
 * `templates[campaign]` with `rows[campaign]`, the messages in the order that induction saw them.
 */
export function scoreTemplates(
  rows: readonly (readonly GeneratedMessage[])[],
  templates: readonly Template[],
): TemplateScore {
  const tokens: Tally = { both: 0, predicted: 0, truth: 0 };
  const spans: Tally = { both: 0, predicted: 0, truth: 0 };
  const fields = { found: 0, all: 0 };
  const choices = { slot: 0, all: 0 };
  const slots = new Map<string, SlotTally>();
  rows.forEach((messages, campaign) => {
    const template = templates[campaign];
    messages.forEach((message, row) => {
      const predicted = predictedSpans(template, row);
      const { truth, choice } = trueSpans(message, campaign);
      const words = [...message.text.matchAll(/[\p{L}\p{N}]+|[^\s]/gu)].map((hit) => ({
        start: hit.index,
        end: hit.index + hit[0].length,
        word: /[\p{L}\p{N}]/u.test(hit[0]),
      }));
      const inTruth = words.map((word) => isIn(word, truth));
      const inPredicted = words.map((word) => isIn(word, predicted));
      words.forEach((word, at) => {
        if (!word.word) return;
        if (inTruth[at]) tokens.truth++;
        if (inPredicted[at]) tokens.predicted++;
        if (inTruth[at] && inPredicted[at]) tokens.both++;
        if (!isIn(word, choice)) return;
        choices.all++;
        if (inPredicted[at]) choices.slot++;
      });
      const [trueRuns, foundRuns] = [runsOf(words, inTruth), runsOf(words, inPredicted)];
      const foundKeys = new Set(foundRuns.map(keyOf));
      spans.truth += trueRuns.length;
      spans.predicted += foundRuns.length;
      spans.both += trueRuns.filter((run) => foundKeys.has(keyOf(run))).length;
      const found = new Map(
        predicted.map((span) => [keyOf(trimmed(message.text, span)), span.type]),
      );
      for (const span of truth) {
        const own = trimmed(message.text, span);
        const tally = slots.get(span.slot) ?? {
          type: span.type,
          seen: 0,
          found: 0,
          types: new Map(),
        };
        slots.set(span.slot, tally);
        tally.seen++;
        fields.all++;
        const exact = found.get(keyOf(own));
        if (exact !== undefined) fields.found++;
        const run = trueRuns.find(({ start, end }) => start <= own.start && end >= own.end);
        const inRun = run !== undefined && foundKeys.has(keyOf(run));
        if (exact === undefined && !inRun) continue;
        tally.found++;
        const type =
          exact ?? predicted.find(({ start, end }) => start < own.end && end > own.start)?.type;
        if (type !== undefined) tally.types.set(type, (tally.types.get(type) ?? 0) + 1);
      }
    });
  });
  const recovered = [...slots.values()].filter(({ seen, found }) => found >= 0.7 * seen);
  const right = recovered.filter(
    ({ type, types }) => [...types].sort((a, b) => b[1] - a[1])[0]?.[0] === type,
  );
  return {
    tokenF1: f1(tokens),
    spanF1: f1(spans),
    fieldRecall: fields.found / Math.max(1, fields.all),
    slotRecall: recovered.length / Math.max(1, slots.size),
    typeAccuracy: right.length / Math.max(1, recovered.length),
    choicesCalledSlot: choices.slot / Math.max(1, choices.all),
  };
}

const f1 = ({ both, predicted, truth }: Tally): number =>
  (2 * both) / Math.max(1, predicted + truth);
const keyOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
  `${start}-${end}`;

function isIn(
  { start, end }: { readonly start: number; readonly end: number },
  spans: readonly Span[],
): boolean {
  return spans.some((span) => span.start < end && span.end > start);
}

function predictedSpans(template: Template | undefined, row: number): readonly Span[] {
  return (template?.values[row] ?? []).map(({ slot, start, end }) => ({
    start,
    end,
    slot: String(slot),
    type: template?.slots[slot - 1]?.type ?? 'text',
  }));
}

function trueSpans(
  { pieces }: GeneratedMessage,
  campaign: number,
): { readonly truth: readonly Span[]; readonly choice: readonly Span[] } {
  const truth: Span[] = [];
  const choice: Span[] = [];
  let at = 0;
  for (const { kind, text, slot, type } of pieces) {
    const span = {
      start: at,
      end: at + text.length,
      slot: `${campaign}.${slot}`,
      type: type ?? '',
    };
    const last = truth.at(-1);
    // A quote mark inside a value cuts its piece in two: one instance still.
    const continues = last !== undefined && last.slot === span.slot && at - last.end <= 4;
    if (kind === 'slot' && continues) truth[truth.length - 1] = { ...last, end: span.end };
    else if (kind === 'slot') truth.push(span);
    if (kind === 'choice') choice.push(span);
    at += text.length;
  }
  return { truth, choice };
}

function runsOf(
  words: readonly { readonly start: number; readonly end: number; readonly word: boolean }[],
  inside: readonly boolean[],
): readonly { readonly start: number; readonly end: number }[] {
  const runs: { start: number; end: number }[] = [];
  let open = false;
  words.forEach((word, at) => {
    // Quote marks and line ends inside a value do not end it.
    if (inside[at] !== true) open = false;
    else if (!word.word) return;
    else if (open) (runs.at(-1) ?? { end: 0 }).end = word.end;
    else {
      runs.push({ start: word.start, end: word.end });
      open = true;
    }
  });
  return runs;
}

/** Without punctuation at its edges. */
function trimmed(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): { readonly start: number; readonly end: number } {
  let [from, to] = [start, end];
  while (from < to && !/[\p{L}\p{N}]/u.test(text[from] ?? '')) from++;
  while (to > from && !/[\p{L}\p{N}]/u.test(text[to - 1] ?? '')) to--;
  return { start: from, end: to };
}
