import type { Limit } from '../base/index.ts';

/** A file that was named and hashed, and not opened, or not looked through whole. */
export interface Unsearched {
  /** The part's path. */
  readonly path: string;
  readonly contentType: string;
  /**
   * What else it may hold. `pages`: what the pages of a PDF show, words and codes; links were read.
   */
  readonly for: 'observables' | 'pages' | 'codes';
}

/** Files that the limit names before it only counts. */
const NAMED_MAX = 8;

/**
 * What was not searched is a limit of the message at this path, as a file too large would be: a
 * clean list of traces beside a file that nobody opened would mislead. None: no limit.
 */
export function unsearchedLimit(at: string, unsearched: readonly Unsearched[]): readonly Limit[] {
  // A PDF's links were read; that pages are pictures too is told, and cuts nothing short.
  if (unsearched.every((one) => one.for === 'pages')) return [];
  const told = [
    counted(unsearched, 'observables', 'for links and other observables'),
    counted(unsearched, 'pages', 'for what its pages show beside links'),
    counted(unsearched, 'codes', 'for QR codes'),
  ];
  const named = unsearched.map(({ path, contentType }) => `${path} (${contentType})`);
  const shown = [...new Set(named)].slice(0, NAMED_MAX);
  const more = new Set(named).size > shown.length ? ', ...' : '';
  const what = told.filter((words) => words !== '').join(', ');
  const text = `Not searched: ${what}: ${shown.join(', ')}${more}.`;
  return [{ code: 'attachment-unsearched', at, text }];
}

function counted(all: readonly Unsearched[], sought: Unsearched['for'], words: string): string {
  const total = all.filter((one) => one.for === sought).length;
  return total === 0 ? '' : `${total} ${total === 1 ? 'file' : 'files'} ${words}`;
}
