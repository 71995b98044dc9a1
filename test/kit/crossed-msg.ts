import { writeMsg } from './msg-writer.ts';

const SECTOR = 512;
const DATA_STREAM = Buffer.from('__substg1.0_37010102\0', 'utf16le');
const [START, SIZE] = [116, 120];

/**
 * A .msg whose attachments all claim the sectors of the first one, `bytes` long: each is given the
 * same chain (`shared`), or a chain of one sector that leads back to itself and a size of 4 GB
 * (`loop`).
 */
export function crossedMsg(files: number, bytes: number, form: 'shared' | 'loop'): Buffer {
  const data = Buffer.alloc(bytes, 'The county office. ');
  const small = Buffer.from('x');
  const file = writeMsg({
    properties: { 3604511: 'x', 268435487: 'Hello' },
    files: Array.from({ length: files }, (_, at) => ({
      name: `${at}.txt`,
      data: at === 0 ? data : small,
    })),
  });
  const entries: number[] = [];
  for (let at = file.indexOf(DATA_STREAM); at !== -1; at = file.indexOf(DATA_STREAM, at + 1))
    entries.push(at);
  const large = entries.find((at) => file.readUInt32LE(at + SIZE) === bytes) ?? 0;
  const start = file.readUInt32LE(large + START);
  const table = (file.readUInt32LE(76) + 1) * SECTOR;
  if (form === 'loop') file.writeUInt32LE(start, table + start * 4);
  for (const at of entries) {
    file.writeUInt32LE(start, at + START);
    file.writeUInt32LE(form === 'loop' ? 0xffff_fff0 : bytes, at + SIZE);
  }
  return file;
}
