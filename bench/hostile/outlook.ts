import { crossedMsg } from '../../test/kit/crossed-msg.ts';
import { type TnefSource, writeTnef } from '../../test/kit/tnef-writer.ts';
import { base64Lines, type HostileInputs, typed } from './input.ts';

const winmail = (stream: Buffer): string =>
  typed('application/ms-tnef; name=winmail.dat', 'base64', base64Lines(stream));

/** Compressed RTF of literal bytes that claims to be 4 GB ([MS-OXRTFCP] section 2.1.3.1). */
function lyingRtf(runs: number): Buffer {
  const run = Buffer.from('\0{\\b vote');
  const head = Buffer.alloc(16);
  head.writeUInt32LE(0xffff_fff0, 0);
  head.writeUInt32LE(0xffff_ffff, 4);
  head.writeUInt32LE(0x75465a4c, 8);
  return Buffer.concat([head, ...Array.from({ length: runs }, () => run)]);
}

/** The length of the last attribute, and of each file in it, says 4 GB. */
function lyingTnef(): Buffer {
  const files = Array.from({ length: 900 }, () => ({ title: 'a', data: Buffer.alloc(30_000) }));
  const stream = writeTnef({ files: [...files, { title: 'LAST', data: Buffer.alloc(9) }] });
  stream.writeUInt32LE(0xffff_fff0, stream.lastIndexOf('LAST') - 4);
  return stream;
}

/** Items in items, each summed and hashed with all that it holds. */
function nestedTnef(): Buffer {
  const files: TnefSource['files'] = [{ longName: 'a.bin', data: Buffer.alloc(20_000_000, 'a') }];
  let stream = writeTnef({ files });
  for (let depth = 0; depth < 20; depth += 1)
    stream = writeTnef({ files: [{ longName: 'a', object: { iid: 'message', data: stream } }] });
  return stream;
}

/** Outlook's own forms, whose lengths and chains lie. */
export const OUTLOOK: HostileInputs = {
  'CFB sector loop': {
    make: () => crossedMsg(1_000, 3_000_000, 'loop'),
    finds: ['outlook-truncated', 'messages=1'],
  },
  'CFB shared sectors': {
    make: () => crossedMsg(1_000, 3_000_000, 'shared'),
    finds: ['outlook-truncated', 'messages=1'],
  },
  'TNEF length lies': { make: () => winmail(lyingTnef()), finds: ['outlook-truncated'] },
  'TNEF in TNEF': { make: () => winmail(nestedTnef()), finds: ['outlook-depth'] },
  'RTF length lies': {
    make: () =>
      winmail(writeTnef({ properties: [{ id: 0x1009, type: 0x102, value: lyingRtf(500_000) }] })),
    finds: ['outlook-truncated'],
  },
};
