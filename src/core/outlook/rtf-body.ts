import type { Kernels } from '../base/index.ts';
import { codePageLabel } from './code-page.ts';

/** The body that an RTF text holds. */
export interface RtfBody {
  /**
   * `html`, `text`: what the sender wrote, encapsulated ([MS-OXRTFEX]); `rtf`: the RTF's own words.
   */
  readonly kind: 'html' | 'text' | 'rtf';
  readonly text: string;
}

/** Groups inside each other; deeper ones are read as if they stood at this depth. */
const DEPTH_MAX = 500;

/** Destinations whose contents are no text of the body (RTF 1.9.1, appendix B). */
const SKIPPED: ReadonlySet<string> = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'header',
  'footer',
  'headerl',
  'headerr',
  'footerl',
  'footerr',
  'listtable',
  'listoverridetable',
  'generator',
  'themedata',
  'xmlnstbl',
  'rsidtbl',
  'fldinst',
  'mhtmltag',
]);

const BREAKS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  tab: '\t',
  cell: '\t',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
  bullet: '\u2022',
  endash: '\u2013',
  emdash: '\u2014',
  emspace: ' ',
  enspace: ' ',
  nbsp: '\u00a0',
};

interface Group {
  skipped: boolean;
  /** `\htmlrtf`: RTF that repeats what an HTML tag says. */
  muted: boolean;
  /** Inside `{\*\htmltag ...}`: the HTML as it was. */
  tag: boolean;
  /** Characters that stand in for one `\u` ([RTF] `\ucN`). */
  substitutes: number;
}

/**
 * Reads the body out of RTF: encapsulated HTML or text as it was, else the words of the RTF.
 *
 * Bytes (`\'hh`) are decoded by the code page of `\ansicpg`. Linear time; never throws.
 */
export function readRtfBody(rtf: Uint8Array, kernels: Kernels): RtfBody {
  return new RtfReader(kernels.latin1(rtf, 0, rtf.length), kernels).read();
}

class RtfReader {
  readonly #source: string;
  readonly #kernels: Kernels;
  readonly #out: string[] = [];
  #bytes: number[] = [];
  #charset = 'windows-1252';
  #kind: RtfBody['kind'] = 'rtf';
  #group: Group = { skipped: false, muted: false, tag: false, substitutes: 1 };
  readonly #groups: Group[] = [];
  /** Characters to drop behind a `\u`. */
  #dropping = 0;
  #starred = false;

  constructor(source: string, kernels: Kernels) {
    this.#source = source;
    this.#kernels = kernels;
  }

  read(): RtfBody {
    const source = this.#source;
    const special = /[\\{}\r\n]/g;
    for (let at = 0; at < source.length; ) {
      special.lastIndex = at;
      const stop = special.exec(source)?.index ?? source.length;
      if (stop > at) this.#say(source.slice(at, stop));
      at = stop + 1;
      const char = source[stop];
      if (char === '{') this.#open();
      else if (char === '}') this.#close();
      else if (char === '\\') at = this.#control(stop + 1);
    }
    this.#flush();
    return { kind: this.#kind, text: this.#out.join('').replace(/\0+$/, '') };
  }

  #open(): void {
    if (this.#groups.length < DEPTH_MAX) this.#groups.push({ ...this.#group });
    this.#starred = false;
  }

  #close(): void {
    this.#flush();
    this.#group = this.#groups.pop() ?? this.#group;
    this.#dropping = 0;
  }

  #control(at: number): number {
    const source = this.#source;
    const word = /([a-z]{1,32})(-?\d{1,10})? ?/iy;
    word.lastIndex = at;
    const hit = word.exec(source);
    if (hit !== null) {
      const value = hit[2] === undefined ? null : Number(hit[2]);
      this.#word((hit[1] ?? '').toLowerCase(), value);
      const skip = hit[1] === 'bin' && value !== null && value > 0 ? value : 0;
      return at + hit[0].length + skip;
    }
    const symbol = source[at] ?? '';
    if (symbol === "'") {
      const byte = Number.parseInt(source.slice(at + 1, at + 3), 16);
      if (!Number.isNaN(byte)) this.#byte(byte);
      return at + 3;
    }
    if (symbol === '*') this.#starred = true;
    else if (symbol === '~') this.#say('\u00a0');
    else if (symbol === '_') this.#say('-');
    else if (symbol === '{' || symbol === '}' || symbol === '\\') this.#say(symbol);
    else if (symbol === '\r' || symbol === '\n') this.#say('\n');
    return at + 1;
  }

  #word(name: string, value: number | null): void {
    if (name === 'htmltag' && this.#starred) {
      this.#flush();
      this.#group.tag = true;
      this.#group.skipped = this.#kind !== 'html';
    } else if (this.#starred || SKIPPED.has(name)) this.#group.skipped = true;
    this.#starred = false;
    if (name === 'fromhtml') this.#kind = 'html';
    else if (name === 'fromtext') this.#kind = 'text';
    else if (name === 'ansicpg' && value !== null) this.#charset = codePageLabel(value);
    else if (name === 'uc') this.#group.substitutes = Math.min(Math.max(value ?? 1, 0), 16);
    else if (name === 'htmlrtf') {
      this.#flush();
      this.#group.muted = value !== 0;
    } else if (name === 'u' && value !== null) {
      this.#say(String.fromCharCode(value < 0 ? value + 65_536 : value & 0xffff));
      this.#dropping = this.#group.substitutes;
    } else {
      const said = BREAKS[name];
      if (said !== undefined) this.#say(this.#kind === 'html' && said === '\n' ? '\r\n' : said);
    }
  }

  #isHeard(): boolean {
    const { skipped, muted } = this.#group;
    return !skipped && !muted;
  }

  #byte(byte: number): void {
    if (this.#dropping > 0) this.#dropping -= 1;
    else if (this.#isHeard()) this.#bytes.push(byte);
  }

  #say(text: string): void {
    const cut = Math.min(this.#dropping, text.length);
    this.#dropping -= cut;
    if (!this.#isHeard() || cut === text.length) return;
    const kept = text.slice(cut);
    // Raw 8-bit characters belong to the code page like their escaped form.
    if (/[\x80-\xff]/.test(kept) && !/[^\x00-\xff]/.test(kept))
      for (const char of kept) this.#bytes.push(char.charCodeAt(0));
    else {
      this.#flush();
      this.#out.push(kept);
    }
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    const text = this.#kernels.decode(this.#charset, bytes);
    this.#out.push(text ?? this.#kernels.latin1(bytes, 0, bytes.length));
  }
}
