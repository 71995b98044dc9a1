import { describe, expect, test } from 'vitest';
import { writeTnef } from '../../../test/kit/tnef-writer.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readTnef } from './index.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** Of the last attribute, by its own length. */
const tableBytes = (stream: Buffer): number => {
  const at = stream.indexOf(Buffer.of(0x04, 0x90, 0x06, 0x00));
  return stream.readUInt32LE(at + 4);
};

describe('a winmail.dat gives', () => {
  test('a message inside, where words for other programs stand in its place', () => {
    const inner = writeTnef({ subject: bytes('inside\0') });
    const data = bytes('This attachment is a MAPI 1.0 embedded message.\0');
    const stream = writeTnef({ files: [{ data, object: { iid: 'message', data: inner } }] });
    const [file] = readTnef(stream, kernels).files;
    expect([file?.kind, file?.bytes.length]).toEqual(['message', inner.length]);
    expect(file?.item?.properties.get(0x0037)).toBe('inside');
  });

  test('its recipients, and those before a broken row', () => {
    const row = (name: string, address: string, type: number) =>
      [
        { id: 0x3001, type: 0x1f, value: name },
        { id: 0x3003, type: 0x1f, value: address },
        { id: 0x0c15, type: 3, value: type },
      ] as const;
    const recipients = [row('Vera', 'vera@voter.example', 1), row('Pat', '/O=ORG/CN=PAT', 2)];
    const rows = [
      { name: 'Vera', address: 'vera@voter.example', kind: 'to' },
      { name: 'Pat', address: '', kind: 'cc' },
    ];
    const stream = writeTnef({ recipients });
    expect(readTnef(stream, kernels)).toMatchObject({ recipients: rows, defects: [] });
    stream.writeUInt32LE(3, stream.length - 2 - tableBytes(stream));
    expect(readTnef(stream, kernels)).toMatchObject({
      recipients: rows,
      defects: [{ code: 'tnef-checksum' }, { code: 'tnef-properties' }],
    });
  });
});
