/**
 * Width and height of a picture, from its header alone; null where it is no PNG, GIF, BMP or JPEG.
 */
export function pictureSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 26) return null;
  if (view.getUint32(0) === 0x89504e47)
    return { width: view.getUint32(16), height: view.getUint32(20) };
  if (view.getUint32(0) === 0x47494638)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (view.getUint16(0) === 0x424d)
    return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  return view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
}

/** Segments of a JPEG before its frame; real files have under a hundred. */
const SEGMENTS_MAX = 10_000;

/** The first frame header (ITU-T T.81 table B.1: SOF0 to SOF15 but for DHT, JPG, DAC). */
function jpegSize(view: DataView): { readonly width: number; readonly height: number } | null {
  let at = 2;
  for (let count = 0; count < SEGMENTS_MAX && at + 9 <= view.byteLength; count += 1) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
