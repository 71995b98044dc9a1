import { clusterSketches, sketchText } from '../src/core/campaign/index.ts';
import { createTyper, induceTemplate } from '../src/core/template/index.ts';
import { type CorpusPlan, drawCorpus, type GeneratedMessage } from './generator/corpus.ts';
import { scoreTemplates, type TemplateScore } from './template-metrics.ts';

/**
 * `node bench/template.ts [first seed]`: templates, slots and types on three fresh draws, mean and
 * worst, against the goals. CPU time is user + system of this process.
 */
const firstSeed = Number(process.argv[2] ?? 8001);
const seeds = [firstSeed, firstSeed + 1, firstSeed + 2];

type Goals = Partial<Record<keyof TemplateScore, number>>;

interface Suite {
  readonly name: string;
  readonly plan: Partial<CorpusPlan> & { readonly size: number; readonly campaigns: number };
  readonly goals: Goals;
}

const SUITES: readonly Suite[] = [
  {
    name: '50 a campaign',
    plan: { size: 50, campaigns: 18, madLibs: 0 },
    goals: { tokenF1: 0.97, spanF1: 0.92, fieldRecall: 0.92, slotRecall: 0.985, typeAccuracy: 0.9 },
  },
  {
    name: '10 a campaign',
    plan: { size: 10, campaigns: 36, madLibs: 0 },
    goals: { tokenF1: 0.85, choicesCalledSlot: 0.1 },
  },
  {
    name: '5 a campaign',
    plan: { size: 5, campaigns: 36, madLibs: 0 },
    goals: { tokenF1: 0.7, choicesCalledSlot: 0.1 },
  },
  {
    name: '50, blank lines lost in 30%',
    plan: { size: 50, campaigns: 12, madLibs: 0, noise: { lostBlankLines: 0.3 } },
    goals: { tokenF1: 0.93, slotRecall: 0.9 },
  },
  {
    name: '50, blank lines lost in 60%',
    plan: { size: 50, campaigns: 12, madLibs: 0, noise: { lostBlankLines: 0.6 } },
    goals: {},
  },
  {
    name: 'mad-libs, 50 a campaign',
    plan: { size: 50, campaigns: 6, madLibs: 6 },
    goals: { tokenF1: 0.6 },
  },
];

const MEASURES: readonly (keyof TemplateScore)[] = [
  'tokenF1',
  'spanF1',
  'fieldRecall',
  'slotRecall',
  'typeAccuracy',
  'choicesCalledSlot',
];

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

interface Run {
  readonly score: TemplateScore;
  readonly secondsPerThousand: number;
}

const typer = createTyper();

function induced(rows: readonly (readonly GeneratedMessage[])[]): Run {
  const before = process.cpuUsage();
  const templates = rows.map((messages) =>
    induceTemplate(
      messages.map(({ text }) => text),
      typer,
    ),
  );
  const { user, system } = process.cpuUsage(before);
  const messages = rows.reduce((sum, row) => sum + row.length, 0);
  return {
    score: scoreTemplates(rows, templates),
    secondsPerThousand: (user + system) / 1e3 / messages,
  };
}

const planOf = (seed: number, plan: Suite['plan']): CorpusPlan => ({
  seed,
  messages: plan.size * plan.campaigns,
  campaignShare: 1,
  withPieces: true,
  ...plan,
});

function runTrue(seed: number, plan: Suite['plan']): Run {
  const { messages, templates } = drawCorpus(planOf(seed, plan));
  return induced(templates.map((_, at) => messages.filter(({ campaign }) => campaign === at)));
}

/** Clusters as found, each scored as one campaign would be. */
function runPredicted(seed: number, plan: Suite['plan']): Run {
  const { messages } = drawCorpus(planOf(seed, plan));
  const byId = new Map(messages.map((message) => [message.id, message]));
  const { clusters } = clusterSketches(
    messages.map(({ id, text }) => ({ id, sketch: sketchText(text) })),
  );
  return induced(clusters.map(({ members }) => members.flatMap((id) => byId.get(id) ?? [])));
}

function report(name: string, runs: readonly Run[], goals: Goals): void {
  print(
    `${name}  (${mean(runs.map((run) => run.secondsPerThousand)).toFixed(2)} CPU-s a thousand)`,
  );
  for (const measure of MEASURES) {
    const values = runs.map((run) => run.score[measure]);
    const lowIsGood = measure === 'choicesCalledSlot';
    const worst = lowIsGood ? Math.max(...values) : Math.min(...values);
    const goal = goals[measure];
    const met =
      goal === undefined
        ? ''
        : (lowIsGood ? mean(values) <= goal : mean(values) >= goal)
          ? 'met'
          : 'MISSED';
    print(
      `  ${measure.padEnd(20)} mean ${mean(values).toFixed(3)}  worst ${worst.toFixed(3)}  goal ${goal ?? '-'}  ${met}`,
    );
  }
}

print(`templates: seeds ${seeds.join(', ')}; goals hold for the mean of the draws`);
for (const { name, plan, goals } of SUITES) {
  report(
    name,
    seeds.map((seed) => runTrue(seed, plan)),
    goals,
  );
}
report(
  '50 a campaign, clusters as found',
  seeds.map((seed) => runPredicted(seed, { size: 50, campaigns: 18, madLibs: 0 })),
  {},
);
