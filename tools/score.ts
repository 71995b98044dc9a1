import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplayTruth } from '../src/core/replay/index.ts';
import { type Findings, renderScore, scoreReplay } from '../src/core/score/index.ts';

/** `npm run score -- CASE TRUTH.json [--json]`: an investigation of a replay against its truth. */
function main(args: readonly string[]): number {
  const [caseFolder, truthFile, ...rest] = args.filter((arg) => arg !== '--json');
  if (caseFolder === undefined || truthFile === undefined || rest.length > 0)
    return refuse('usage: npm run score -- CASE TRUTH.json [--json]');
  const findingsFile = join(caseFolder, 'report', 'findings.json');
  const findings = readJson(findingsFile, 'tocsin/investigation/1', ['campaigns', 'unclustered']);
  if (typeof findings === 'string') return refuse(findings);
  const truth = readJson(truthFile, 'tocsin/replay-truth/1', ['originals', 'senders']);
  if (typeof truth === 'string') return refuse(truth);
  const score = scoreReplay(truth as unknown as ReplayTruth, findings as unknown as Findings);
  process.stdout.write(
    args.includes('--json') ? `${JSON.stringify(score, null, 1)}\n` : renderScore(score),
  );
  return 0;
}

function refuse(line: string): number {
  process.stderr.write(`score: ${line}\n`);
  return 2;
}

/** The document, or one line that says why it is not one. */
function readJson(
  path: string,
  schema: string,
  lists: readonly string[],
): { readonly [name: string]: unknown } | string {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return `${path} cannot be read as JSON: ${error instanceof Error ? error.message : error}`;
  }
  if (typeof document !== 'object' || document === null) return `${path} is not a ${schema}`;
  const fields = document as { readonly [name: string]: unknown };
  const whole = lists.every((list) => Array.isArray(fields[list]));
  return fields['schema'] === schema && whole ? fields : `${path} is not a ${schema}`;
}

process.exitCode = main(process.argv.slice(2));
