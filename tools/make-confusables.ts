/**
 * Writes src/core/forensics/confusables.data.ts from the table that UTS #39 publishes.
 *
 *   node tools/make-confusables.ts [--check]
 *
 * The table comes from the npm package `unhomoglyph` (confusables.txt of Unicode 13 as JSON).
 * Only characters whose skeleton is ASCII letters and digits are kept: names of offices are compared in
 * lower-case Latin, and the full table is four times as large.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const out = resolve(import.meta.dirname, '../src/core/forensics/confusables.data.ts');
const check = process.argv.includes('--check');
const source = createRequire(import.meta.url).resolve('unhomoglyph/data.json');
const table = JSON.parse(readFileSync(source, 'utf8')) as Record<string, string>;
const rows = new Map<string, number[]>();
for (const [from, to] of Object.entries(table)) {
  const points = Array.from(from);
  if (points.length !== 1 || !/^[A-Za-z0-9]{1,3}$/.test(to) || from === to) continue;
  rows.set(to, [...(rows.get(to) ?? []), from.codePointAt(0) ?? 0]);
}
const lines = [...rows]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .flatMap(([to, points]) => {
    const hex = points.sort((a, b) => a - b).map((point) => point.toString(16));
    return [`  [${JSON.stringify(to)}, '${hex.join(' ')}'],`];
  });
const text = `/**
 * Characters that look like ASCII, in hexadecimal, by what they look like.
 *
 * Source: confusables.txt, Unicode 13.0.0 (UTS #39), (c) Unicode, Inc., Unicode License
 * (https://www.unicode.org/copyright.html). Made by tools/make-confusables.ts; do not edit.
 */
export const CONFUSABLES: readonly (readonly [string, string])[] = [
${lines.join('\n')}
];
`;
if (!check) writeFileSync(out, text);
else if (readFileSync(out, 'utf8').replace(/[\s'",]/g, '') !== text.replace(/[\s'",]/g, '')) {
  console.error('confusables.data.ts is not what its generator writes');
  process.exitCode = 1;
}
