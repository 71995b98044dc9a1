import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

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
