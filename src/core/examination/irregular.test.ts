import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const core = new URL('../', import.meta.url);
const sources = ['mail', 'outlook', 'charset']
  .flatMap((room) => readdirSync(new URL(`${room}/`, core)).map((name) => `${room}/${name}`))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(new URL(name, core), 'utf8'))
  .join('\n');

test('every irregularity that is named to a person has a row in docs/limits.md', () => {
  const codes =
    /'((?:header|boundary|charset|encoding|cfb|tnef|rtf)-[a-z0-9-]+|base64-trailing-text|nul-byte|byte-order-mark|envelope-from|file-name-guessed)'/g;
  const named = new Set([...sources.matchAll(codes)].map(([, code]) => code));
  const page = readFileSync(new URL('../../docs/limits.md', core), 'utf8');
  expect(named.size).toBeGreaterThan(25);
  expect([...named].filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
