import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Atlas, readAtlas } from '../../core/atlas/index.ts';

/**
 * County borders of the US Census Bureau, out of the pinned package: 0.8 MB, read when asked for.
 */
export const loadAtlas = (): Atlas =>
  readAtlas(
    readFileSync(createRequire(import.meta.url).resolve('us-atlas/counties-10m.json'), 'utf8'),
  );
