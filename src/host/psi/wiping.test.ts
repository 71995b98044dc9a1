import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { people, primitives as real, TERMS } from '../../../test/kit/exchange.ts';
import type { Primitives } from '../../core/psi/index.ts';
import { answerQuery, askCounty, commitList, encodeRoll } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'tocsin-wiping-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const passphrase = 'correct horse battery';

/** Keeps every secret that the real primitives are handed, itself and not a copy. */
function watched(): { readonly primitives: Primitives; readonly secrets: Uint8Array[] } {
  const secrets: Uint8Array[] = [];
  const seen = (secret: Uint8Array): Uint8Array => {
    expect(secret.some((byte) => byte !== 0)).toBe(true);
    secrets.push(secret);
    return secret;
  };
  const { curve } = real;
  return {
    secrets,
    primitives: {
      ...real,
      curve: {
        ...curve,
        reduce: (wide) => curve.reduce(seen(wide)),
        multiplyBase: (scalar) => curve.multiplyBase(seen(scalar)),
        multiply: (scalar, element) => curve.multiply(seen(scalar), element),
        ladder: (scalar) => curve.ladder(seen(scalar)),
      },
      seal: (key, text) => real.seal(seen(key), seen(text)),
      open: (key, sealed) => {
        const text = real.open(seen(key), sealed);
        return text === null ? null : seen(text);
      },
    },
  };
}

const wiped = (secrets: readonly Uint8Array[]): readonly boolean[] =>
  secrets.map((secret) => secret.every((byte) => byte === 0));
const allWiped = (secrets: readonly Uint8Array[]): void => {
  expect(secrets.length).toBeGreaterThan(0);
  expect(wiped(secrets)).not.toContain(false);
};

const deskIn = (name: string, primitives: Primitives = real) => ({
  primitives,
  folder: join(root, name),
  now: '2020-10-22T10:00:00.000Z',
  pace: (): void => undefined,
  cost: { memoryLog2: 6, passes: 1 },
});
const reports = people(100, 310).map((identity, at) => ({ id: `r${at}`, identity }));
const roll = { releases: [], identities: people(0, 210), cells: people(0, 210).map(() => 'all') };
const hub = deskIn('hub');
const made = commitList(hub, { terms: TERMS, reports, passphrase });
const commitment = made.ok ? readFileSync(made.value.path) : new Uint8Array(0);
const wish = {
  commitment,
  county: 'Test County',
  roll,
  quota: 500,
  passphrase,
  allowNotice: null,
  multiplier: 'x25519',
} as const;

const breaks = (..._done: readonly unknown[]): never => {
  throw new Error('the machine broke');
};

test('the key of an exchange is overwritten once its tags are sealed', async () => {
  const { primitives, secrets } = watched();
  expect(await encodeRoll(deskIn('encoded', primitives), wish)).toMatchObject({ ok: true });
  allWiped(secrets);
});

test('the key is overwritten where encoding, sealing or the terminal fails', async () => {
  const { primitives, secrets } = watched();
  const { curve } = primitives;
  const desks = [
    deskIn('a', { ...primitives, curve: { ...curve, fromUniform: breaks } }),
    deskIn('b', { ...primitives, curve: { ...curve, ladder: (key) => breaks(curve.ladder(key)) } }),
    deskIn('c', { ...primitives, seal: (key, text) => breaks(primitives.seal(key, text)) }),
    { ...deskIn('d', primitives), pace: breaks },
  ];
  for (const desk of desks) {
    secrets.length = 0;
    await expect(encodeRoll(desk, wish)).rejects.toThrow('broke');
    allWiped(secrets);
  }
});

test('the opened key is overwritten after an answer, and where answering fails', async () => {
  const county = deskIn('county');
  const tags = await encodeRoll(county, wish);
  if (!tags.ok) throw new Error(tags.failure.code);
  const asked = await askCounty(hub, { tags: readFileSync(tags.value.path), passphrase });
  if (!asked.ok) throw new Error(asked.failure.code);
  const query = readFileSync(asked.value.path);
  const { primitives, secrets } = watched();
  const failing = { ...county, primitives, pace: breaks };
  await expect(answerQuery(failing, { query, passphrase })).rejects.toThrow('broke');
  allWiped(secrets);
  secrets.length = 0;
  const answer = await answerQuery({ ...county, primitives }, { query, passphrase });
  expect(answer).toMatchObject({ ok: true });
  allWiped(secrets);
});
