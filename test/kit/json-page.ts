import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXAMINE_VALUES } from '../../tools/examine-values.ts';

const PAGE = resolve(import.meta.dirname, '../../docs/json.md');

/** Fields whose own fields are names out of the evidence, or facts of one check or problem. */
const OPEN: ReadonlySet<string> = new Set([
  ...['properties', 'spf', 'dkim', 'dmarc', 'arc', 'forms', 'problems'],
]);

/** Names of fields in a document that docs/json.md does not know. */
export function undocumentedFields(document: unknown): readonly string[] {
  const words = new Set(readFileSync(PAGE, 'utf8').match(/[A-Za-z0-9]+/g));
  const unknown = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, field] of Object.entries(value)) {
        if (!words.has(name)) unknown.add(name);
        if (!OPEN.has(name)) visit(field);
      }
    }
  };
  visit(document);
  return [...unknown];
}

/**
 * Values in a document of `examine --json` that docs/examine-json.md does not know: `role=judge`.
 */
export function undocumentedValues(document: unknown): readonly string[] {
  const fields = new Map(EXAMINE_VALUES.map((field) => [field.path, field]));
  const unknown = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    const field = fields.get(path);
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`);
    else if (typeof value === 'object' && value !== null) {
      const dot = path === '' ? '' : `${path}.`;
      for (const [name, inner] of Object.entries(value)) visit(inner, dot + name);
    } else if (field !== undefined) {
      const isKnown = value === null ? field.isNullable : Object.hasOwn(field.values, `${value}`);
      if (!isKnown) unknown.add(`${path}=${value}`);
    }
  };
  visit(document, '');
  return [...unknown];
}
