import { type Kernels, latin1Bytes } from '../base/index.ts';
import { type ContentHeader, parameterOf, parseContentHeader } from '../header/index.ts';
import type { Boundaries, LineSource } from './boundaries.ts';
import { kindOf } from './field-kind.ts';
import { readHeaderBlock } from './header-block.ts';
import type { MailDefect } from './mail.ts';
import { BOUNDARY_BYTES_MAX, DEPTH_MAX, type LimitLog } from './mail-limits.ts';
import { firstField, type HeaderBlock, NO_FIELDS, rawValue } from './raw-field.ts';
import { type TransferEncoding, transferEncoding } from './transfer.ts';
import type { TreeNode } from './tree-node.ts';

/** What one reading shares between all the trees that it builds. */
export interface TreeContext {
  readonly kernels: Kernels;
  readonly limits: LimitLog;
  /** Nodes made so far, in all trees. */
  parts: number;
}

/** Where a node stands in its tree. */
interface Standing {
  readonly path: string;
  readonly depth: number;
  readonly defects: MailDefect[];
  readonly inDigest: boolean;
  /** The root of a message, not a part. */
  readonly message: boolean;
}

const NO_TYPE: ContentHeader = { value: '', parameters: new Map(), repeated: [] };
const CARRIES_MESSAGE: ReadonlySet<string> = new Set(['message/rfc822', 'message/global']);
const CONTENT_TYPE = kindOf('content-type');
const CONTENT_DISPOSITION = kindOf('content-disposition');
const TRANSFER_ENCODING = kindOf('content-transfer-encoding');
const GUESS_LOOK_BYTES = 65_536;

/** Makes tree nodes: header, declared type and encoding, and whether the node is to be opened. */
export class NodeReader {
  readonly #source: LineSource;
  readonly #boundaries: Boundaries;
  readonly #context: TreeContext;

  #searches = 0;

  constructor(source: LineSource, boundaries: Boundaries, context: TreeContext) {
    this.#source = source;
    this.#boundaries = boundaries;
    this.#context = context;
  }

  read(start: number, standing: Standing): TreeNode {
    const { path, depth, defects, inDigest, message } = standing;
    const { kernels } = this.#context;
    const { bytes, end, crLines } = this.#source;
    this.#context.parts += 1;
    const isDelimiter = (at: number): boolean => this.#boundaries.match(at) !== null;
    const header = readHeaderBlock({ bytes, end, crLines, start, message, isDelimiter }, kernels);
    this.#takeDefects(header, standing);
    const declared = this.#contentHeader(header, CONTENT_TYPE);
    const type = typeOf(declared, inDigest);
    const encodingLabel = this.#encodingLabel(header);
    const encoding = transferEncoding(encodingLabel);
    if (encoding === null) defects.push({ code: 'encoding-unknown', at: start });
    const kind = this.#kind(type, encoding ?? 'identity', path, depth);
    const boundary = kind === 'multipart' ? this.#boundary(declared, header, standing) : null;
    const opened = kind === 'multipart' && boundary === null ? 'leaf' : kind;
    return {
      // A message whose body is one leaf has that leaf as part 1 (RFC 3501 section 6.4.5).
      path: message && opened !== 'multipart' ? `${path}.1` : path,
      kind: opened,
      start,
      bodyAt: header.bodyAt,
      end: this.#source.end,
      header,
      type,
      contentType: declared ?? NO_TYPE,
      disposition: this.#contentHeader(header, CONTENT_DISPOSITION),
      encodingLabel,
      encoding: encoding ?? 'identity',
      boundary,
      children: [],
      message: null,
      inDigest,
    };
  }

  /** A leaf without header for bytes that are kept whole. */
  rest(start: number, path: string): TreeNode {
    const header: HeaderBlock = {
      ...NO_FIELDS,
      bodyAt: start,
      textAt: start,
    };
    return {
      path,
      kind: 'leaf',
      start,
      bodyAt: start,
      end: this.#source.end,
      header,
      type: 'application/octet-stream',
      contentType: NO_TYPE,
      disposition: null,
      encodingLabel: '',
      encoding: 'identity',
      boundary: null,
      children: [],
      message: null,
      inDigest: false,
    };
  }

  #takeDefects(header: HeaderBlock, { defects, path }: Standing): void {
    const { limits } = this.#context;
    for (const defect of header.defects) defects.push(defect);
    if (header.bytesCut > 0) limits.note('mail-header-bytes', path, header.bytesCut);
    if (header.fieldsCut > 0) limits.note('mail-header-fields', path, header.fieldsCut);
  }

  #contentHeader(header: HeaderBlock, kind: number): ContentHeader | null {
    const field = firstField(header, kind);
    return field === null
      ? null
      : parseContentHeader(rawValue(field, header), this.#context.kernels);
  }

  #encodingLabel(header: HeaderBlock): string {
    const field = firstField(header, TRANSFER_ENCODING);
    return field === null ? '' : rawValue(field, header).trim().toLowerCase();
  }

  #kind(
    type: string,
    encoding: TransferEncoding,
    path: string,
    depth: number,
  ): 'multipart' | 'message' | 'leaf' {
    const multipart = type.startsWith('multipart/');
    if (!multipart && !(CARRIES_MESSAGE.has(type) && encoding === 'identity')) return 'leaf';
    if (depth >= DEPTH_MAX) {
      this.#context.limits.note('mail-depth', path);
      return 'leaf';
    }
    return multipart ? 'multipart' : 'message';
  }

  #boundary(
    declared: ContentHeader | null,
    header: HeaderBlock,
    { defects, path }: Standing,
  ): Uint8Array | null {
    // Blanks at its end are not part of a boundary (RFC 2046 section 5.1.1).
    const text = declared === null ? '' : (parameterOf(declared, 'boundary') ?? '').trimEnd();
    if (text.length > BOUNDARY_BYTES_MAX) {
      this.#context.limits.note('mail-boundary', path);
      return null;
    }
    if (text !== '') {
      const boundary = /[^\0-\x7f]/.test(text)
        ? this.#context.kernels.encode(text)
        : latin1Bytes(text);
      if (this.#stands(boundary, header.bodyAt)) return boundary;
      return this.#otherBoundary(header.bodyAt, defects) ?? boundary;
    }
    defects.push({ code: 'boundary-missing', at: header.bodyAt });
    return this.#guessBoundary(header.bodyAt);
  }

  /** Whether a delimiter stands anywhere behind; true too where that was asked too often. */
  #stands(boundary: Uint8Array, bodyAt: number): boolean {
    if (this.#searches >= SEARCHES_MAX) return true;
    const needle = new Uint8Array(boundary.length + 2).fill(DASH, 0, 2);
    needle.set(boundary, 2);
    const body = this.#source.bytes.subarray(bodyAt, this.#source.end);
    const near = body.subarray(0, GUESS_LOOK_BYTES);
    if (this.#context.kernels.indexOf(near, needle, 0) >= 0) return true;
    this.#searches += 1;
    return this.#context.kernels.indexOf(body, needle, 0) >= 0;
  }

  /**
   * Spam whose parts stand under another boundary than the one declared: mail clients show some of
   * it as it stands, its encoding included. The first such line with a part's header below it
   * counts.
   */
  #otherBoundary(bodyAt: number, defects: MailDefect[]): Uint8Array | null {
    const { bytes, end } = this.#source;
    const look = Math.min(end, bodyAt + GUESS_LOOK_BYTES);
    const head = this.#context.kernels.latin1(bytes, bodyAt, look);
    const found = OTHER_DELIMITER.exec(head);
    const line = found?.[1]?.trimEnd() ?? '';
    if (found === null || line === '' || line.length > BOUNDARY_BYTES_MAX) return null;
    const at = bodyAt + found.index + found[0].indexOf('--');
    if (this.#boundaries.match(at) !== null) return null;
    defects.push({ code: 'boundary-unmatched', at: bodyAt });
    return latin1Bytes(line);
  }

  /** Without the parameter, the body's first line that starts with `--` names the boundary. */
  #guessBoundary(bodyAt: number): Uint8Array | null {
    const { bytes, crLines } = this.#source;
    const end = Math.min(this.#source.end, bodyAt + GUESS_LOOK_BYTES);
    const head = this.#context.kernels.latin1(bytes, bodyAt, end);
    const line = (crLines ? /(?:^|\r)--([^\r]+)/ : /(?:^|\n)--([^\r\n]+)/).exec(head);
    const found = line?.[1]?.trimEnd() ?? '';
    // The one around it ends it: a file whose type was told from its name (.mht), encoded.
    if (
      line !== null &&
      this.#boundaries.match(bodyAt + line.index + line[0].indexOf('--')) !== null
    )
      return null;
    return found === '' || found.length > BOUNDARY_BYTES_MAX ? null : latin1Bytes(found);
  }
}

const DASH = 0x2d;
/**
 * A mail has so many multiparts whose delimiter does not stand near their start; it costs a search.
 */
const SEARCHES_MAX = 16;
const OTHER_DELIMITER = /(?:^|\n)--([^\r\n]+)\r?\ncontent-(?:type|transfer-encoding|disposition):/i;

/** RFC 2045 section 5.2: what cannot be read is text/plain; in a digest, a message. */
function typeOf(declared: ContentHeader | null, inDigest: boolean): string {
  if (declared === null) return inDigest ? 'message/rfc822' : 'text/plain';
  return declared.value.includes('/') ? declared.value : 'text/plain';
}
