import { TOOL_SIGNATURES } from './tools.data.ts';

/** User agents that are told apart; a large site meets some ten thousand in a month. */
const AGENTS_MAX = 65_000;
const AGENT_LENGTH_MAX = 300;

/** What a client says it is. */
export interface Agent {
  /** As sent, cut at 300 characters. */
  readonly text: string;
  /** Name of the tool that the client says it is; null for browsers. */
  readonly tool: string | null;
  readonly kind: 'script' | 'scanner' | 'browser' | 'none';
}

export interface Agents {
  /** By row; row 0 stands for all that came after the table was full. */
  readonly all: readonly Agent[];
  row(text: string): number;
  readonly full: boolean;
}

/** User agents by row. `copy` makes a text of its own of a window into a block. */
export function createAgents(copy: (text: string) => string): Agents {
  const rows = new Map<string, number>();
  const all: Agent[] = [{ text: '', tool: null, kind: 'none' }];
  let full = false;
  let lastText = '';
  let lastRow = -1;
  const find = (text: string): number => {
    const kept = copy(text.length > AGENT_LENGTH_MAX ? text.slice(0, AGENT_LENGTH_MAX) : text);
    const known = rows.get(kept);
    if (known !== undefined) return known;
    if (all.length >= AGENTS_MAX) {
      full = true;
      return 0;
    }
    rows.set(kept, all.length);
    all.push(readAgent(kept));
    return all.length - 1;
  };
  return {
    all,
    get full() {
      return full;
    },
    row(text) {
      if (text === lastText && lastRow >= 0) return lastRow;
      const row = rows.get(text) ?? find(text);
      [lastText, lastRow] = [all[row]!.text, row];
      return row;
    },
  };
}

function readAgent(text: string): Agent {
  if (text === '') return { text, tool: null, kind: 'none' };
  const hit = TOOL_SIGNATURES.find(([pattern]) => pattern.test(text));
  return hit === undefined
    ? { text, tool: null, kind: 'browser' }
    : { text, tool: hit[1], kind: hit[2] };
}
