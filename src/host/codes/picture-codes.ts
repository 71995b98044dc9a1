import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Limit } from '../../core/base/index.ts';
import type { MailPart, MessageContent } from '../../core/mail/index.ts';
import type { PictureCode } from '../../core/observables/index.ts';
import { type DrawnCode, drawnCodes } from './drawn-codes.ts';
import { pictureSize } from './picture-size.ts';

export interface CodesFound {
  readonly codes: readonly PictureCode[];
  readonly limits: readonly Limit[];
  /** Pictures of a kind that is not opened (WebP, SVG, HEIC): a code may stand in them. */
  readonly unsearched: readonly MailPart[];
}

/** Pictures of one message that are looked at; a newsletter holds dozens. */
export const PICTURES_MAX = 50;
/** Pixels of one message's pictures together: about four seconds, and 160 MB at a time. */
const PIXELS_MAX = 100_000_000;
/** Pixels of one picture: the largest telephone camera's. */
const PICTURE_PIXELS_MAX = 40_000_000;
/** Codes kept of one picture. */
const CODES_MAX = 20;
/** Fewer pixels a side cannot hold the smallest code (ISO/IEC 18004: 21 modules). */
const SIDE_MIN = 21;

/** Red, green, blue and opacity of each, row by row. */
interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Of a picture's bytes, or of pixels that were drawn here. */
type Reader = (picture: Uint8Array | Pixels) => Promise<readonly string[]>;

/**
 * Reads the QR codes of a message's pictures with ZXing (WebAssembly: it cannot reach beyond its
 * own memory). Pictures too large to unpack safely are named and not opened. Nothing is looked up.
 */
export async function pictureCodes({
  path,
  leaves,
  bodies,
}: Pick<MessageContent, 'path' | 'leaves' | 'bodies'>): Promise<CodesFound> {
  const files = leaves.map(({ part, bytes }) => ({ at: part.path, bytes }));
  const written = bodies.flatMap(({ path: at, kind, text }) =>
    kind === 'html' ? dataPictures(text).map((bytes) => ({ at, bytes })) : [],
  );
  const pictures = [...files, ...written].flatMap(({ at, bytes }) => {
    const size = pictureSize(bytes);
    return size === null || Math.min(size.width, size.height) < SIDE_MIN
      ? []
      : [{ at, bytes, pixels: size.width * size.height }];
  });
  const unsearched = leaves.flatMap(({ part, bytes }) =>
    isPicture(part) && pictureSize(bytes) === null ? part : [],
  );
  const drawn = drawnCodes(bodies);
  if (pictures.length + drawn.length === 0) return { codes: [], limits: [], unsearched };
  const codes: PictureCode[] = [];
  let [pixels, unread] = [0, 0];
  const read = await zxingReader();
  for (const [index, picture] of pictures.entries()) {
    const isTooMuch = picture.pixels > PICTURE_PIXELS_MAX || pixels + picture.pixels > PIXELS_MAX;
    if (isTooMuch || index >= PICTURES_MAX) {
      unread += 1;
      continue;
    }
    pixels += picture.pixels;
    for (const text of await read(picture.bytes)) codes.push({ path: picture.at, text });
  }
  for (const code of drawn)
    for (const text of await read(pixelsOf(code))) codes.push({ path: code.at, text });
  const text = `${unread} pictures were too many or too large to be searched for QR codes.`;
  return {
    codes,
    unsearched,
    limits: unread === 0 ? [] : [{ code: 'pictures-over-limit', at: path, text }],
  };
}

/** Pixels a side of one module: enough for the reader to find its edges. */
const MODULE_PIXELS = 4;
/** The white around a code, in modules (ISO/IEC 18004 section 6.3.8). */
const QUIET = 4;

/** The drawing as a picture in black on white. */
function pixelsOf({ width, height, dark }: DrawnCode): Pixels {
  const [columns, rows] = [width + 2 * QUIET, height + 2 * QUIET].map((n) => n * MODULE_PIXELS);
  const data = new Uint8ClampedArray(columns! * rows! * 4).fill(255);
  for (const [place, isDark] of dark.entries()) {
    if (isDark === 0) continue;
    const left = ((place % width) + QUIET) * MODULE_PIXELS;
    const top = (Math.floor(place / width) + QUIET) * MODULE_PIXELS;
    for (let y = top; y < top + MODULE_PIXELS; y += 1)
      for (let x = left; x < left + MODULE_PIXELS; x += 1)
        data.fill(0, (y * columns! + x) * 4, (y * columns! + x) * 4 + 3);
  }
  return { data, width: columns!, height: rows! };
}

const isPicture = ({ contentType, fileName, bytes }: MailPart): boolean =>
  bytes > 0 &&
  (contentType.startsWith('image/') ||
    /\.(?:webp|svgz?|avif|hei[cf]|tiff?|ico)$/i.test(fileName ?? ''));

const DATA = 'data:image/';
const BASE64 = ';base64,';
/** Type and parameters between the two. */
const TYPE_LENGTH_MAX = 100;

/** Pictures that stand in the HTML itself (RFC 2397), as base64. */
function dataPictures(html: string): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = html.indexOf(DATA); at >= 0; at = html.indexOf(DATA, at + DATA.length)) {
    const mark = html.slice(at, at + TYPE_LENGTH_MAX).indexOf(BASE64);
    if (mark < 0) continue;
    const digits = /[A-Za-z0-9+/=\s]*/y;
    digits.lastIndex = at + mark + BASE64.length;
    found.push(Buffer.from(digits.exec(html)?.[0] ?? '', 'base64'));
  }
  return found;
}

/** Loads the reader when the first picture asks for it, from the package's own file. */
async function zxingReader(): Promise<Reader> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  const file = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasm = readFileSync(file);
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  return async (picture) => {
    try {
      const found = await readBarcodes(
        picture instanceof Uint8Array ? new Uint8Array(picture) : (picture as never),
        {
          formats: ['QRCode'],
          tryHarder: true,
          maxNumberOfSymbols: CODES_MAX,
        },
      );
      return found.filter(({ isValid }) => isValid).map(({ text }) => text);
    } catch {
      // A picture that the reader chokes on holds no code that a telephone would read.
      return [];
    }
  };
}
