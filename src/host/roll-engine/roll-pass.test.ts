import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResolvedLayout } from '../../core/roll/index.ts';
import { openRollEngine, type RollEngine } from './engine.ts';
import { passOver } from './roll-pass.ts';
import { scanOf } from './scan.ts';

describe('the engine that checks a roll when it is added reads the same rows', () => {
  const root = mkdtempSync(join(tmpdir(), 'tocsin-rows-'));
  let engine: RollEngine;
  beforeAll(async () => {
    engine = await openRollEngine();
  });
  afterAll(() => {
    engine.close();
    rmSync(root, { recursive: true, force: true });
  });

  const layout = {
    layout: { header: false, quoted: true, encoding: 'utf-8' },
    delimiter: ',',
    width: 3,
  } as ResolvedLayout;

  test.each([
    'a,b,c\nd,e,f\n',
    'a,b,c',
    '"a,\r\n","b",c\r\nd,e,"f ""g"""\r\n',
    'a,b,c\n\nd,e,f\n',
    'a,b\nc,d,e\n',
    'a,b,c\n"d"e,f,g\n',
    'a,b,c\n"d,e,f\n',
  ])('%j', async (text) => {
    const path = join(root, 'x.csv');
    writeFileSync(path, text);
    const theirs = await engine.rows(`SELECT * FROM ${scanOf(path, layout)}`).then(
      (rows) => rows.map((row) => row.map((cell) => cell ?? '')),
      () => 'trouble',
    );
    const ours: string[][] = [];
    const passed = await passOver({ path, layout }, ({ bytes, starts, ends, quotes }) => {
      const cells = [...starts].map((start, at) => bytes.toString('utf8', start, ends[at]));
      ours.push(cells.map((cell, at) => (quotes[at] === 2 ? cell.replaceAll('""', '"') : cell)));
    });
    expect(passed.ok ? ours : 'trouble').toEqual(theirs);
  });
});
