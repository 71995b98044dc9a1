import type { Kernels } from '../base/index.ts';
import { ByteWindow } from './byte-window.ts';
import {
  createLineSplitter,
  MBOX_LOOK_AHEAD_MAX,
  MBOX_MESSAGE_BYTES_MAX,
  type MboxRange,
  type MboxSplitter,
} from './splitter.ts';

const LF = 0x0a;
const CR = 0x0d;
/** Where no line ends sooner, the line ends are taken for LF: nothing separates in such a file. */
const FIRST_LINE_MAX = 65_536;

/**
 * Splits an mbox of any dialect while it streams by (docs/methods/mail-intake.md).
 *
 * Linear time; memory is bounded by one message. Where a boundary stays in doubt the message is
 * not split and a limit `mbox-ambiguous-boundary` names the byte offset. The first line tells what
 * ends a line: LF, CRLF, or CR alone (classic Mac OS).
 */
export function createMboxSplitter(kernels: Kernels): MboxSplitter {
  let splitter: MboxSplitter | null = null;
  const head = new ByteWindow();
  const choose = (): MboxSplitter => {
    const first = head.view(0, head.end);
    const at = first.indexOf(CR);
    const lf = first.indexOf(LF);
    // A CR before a CR or an LF is a line end that was mangled, not one that stands alone.
    const isCr = at >= 0 && (lf < 0 || lf > at) && ![LF, CR].includes(first[at + 1] ?? LF);
    return isCr ? new CrSplitter(kernels) : createLineSplitter(kernels);
  };
  return {
    push(chunk) {
      if (splitter !== null) return splitter.push(chunk);
      head.append(chunk);
      const first = head.view(0, head.end);
      const cr = first.indexOf(CR);
      const told = first.includes(LF) || (cr >= 0 && cr + 1 < first.length);
      if (!told && head.end < FIRST_LINE_MAX) return [];
      splitter = choose();
      return splitter.push(first.slice());
    },
    end() {
      if (splitter !== null) return splitter.end();
      splitter = choose();
      const ranges = splitter.push(head.view(0, head.end).slice());
      const rest = splitter.end();
      return { ...rest, ranges: [...ranges, ...rest.ranges] };
    },
  };
}

/**
 * Splits a copy in which each CR is an LF, of the same length, and gives the bytes as they were.
 */
class CrSplitter implements MboxSplitter {
  readonly #inner: MboxSplitter;
  readonly #exact = new ByteWindow();

  constructor(kernels: Kernels) {
    this.#inner = createLineSplitter(kernels);
  }

  push(chunk: Uint8Array): readonly MboxRange[] {
    this.#exact.append(chunk);
    const lines = chunk.map((byte) => (byte === CR ? LF : byte));
    return this.#exactly(this.#inner.push(lines));
  }

  end() {
    const { ranges, profile, limits } = this.#inner.end();
    const exact = this.#exactly(ranges);
    return { ranges: exact, profile: { ...profile, lineEnd: 'cr' as const }, limits };
  }

  #exactly(ranges: readonly MboxRange[]): readonly MboxRange[] {
    const exact = this.#exact;
    const out = ranges.map((range) => {
      if (range.kind === 'lead' || range.bytes === null || range.offset < exact.start) return range;
      return { ...range, bytes: exact.copy(range.offset, range.offset + range.length) };
    });
    const done = ranges.at(-1)?.end ?? 0;
    exact.dropBefore(Math.max(done, exact.end - MBOX_MESSAGE_BYTES_MAX - MBOX_LOOK_AHEAD_MAX));
    return out;
  }
}
