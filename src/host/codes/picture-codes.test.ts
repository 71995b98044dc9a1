import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MessageContent, readMessage } from '../../core/mail/index.ts';
import { nodeKernels } from '../kernels/index.ts';
import { PICTURES_MAX, pictureCodes } from './picture-codes.ts';
import { pictureSize } from './picture-size.ts';

const QR = readFileSync(resolve(import.meta.dirname, '../../../fixtures/pictures/qr-code.png'));

function mailWith(pictures: readonly Buffer[]): MessageContent {
  const parts = pictures.map(
    (bytes) =>
      `--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n`,
  );
  const mail = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`;
  const contents: MessageContent[] = [];
  readMessage(Buffer.from(mail), nodeKernels, { onContent: (content) => contents.push(content) });
  const [content] = contents;
  if (content === undefined) throw new Error('no content');
  return content;
}

describe('QR codes', () => {
  test('are read from pictures, with the part that held them', async () => {
    expect(await pictureCodes(mailWith([Buffer.from('no picture'), QR]))).toMatchObject({
      codes: [{ path: '0.2', text: 'https://video.example.net/watch?v=1' }],
      limits: [],
    });
  });

  test('are read from pictures that stand in the HTML itself', async () => {
    const data = QR.toString('base64').replace(/.{76}/g, '$&\r\n');
    const html = `<img src="data:image/gif;base64,R0lG"><img src="data:image/png;base64,${data}"><img src='data:image/x'>`;
    const mail = `Content-Type: text/html\r\n\r\n<p>Scan</p>${html}`;
    const contents: MessageContent[] = [];
    readMessage(Buffer.from(mail), nodeKernels, { onContent: (one) => contents.push(one) });
    expect(await pictureCodes(contents[0]!)).toMatchObject({
      codes: [{ path: '0.1', text: 'https://video.example.net/watch?v=1' }],
      limits: [],
    });
  });

  test('a picture that claims to be huge is not opened, and one past the limit is counted', async () => {
    const bomb = Buffer.from(QR);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const { codes, limits } = await pictureCodes(mailWith([bomb, QR]));
    expect(codes).toHaveLength(1);
    expect(limits.map(({ code }) => code)).toEqual(['pictures-over-limit']);
    const many = await pictureCodes(mailWith(Array.from({ length: PICTURES_MAX + 1 }, () => QR)));
    expect([many.codes.length, many.limits.length]).toEqual([PICTURES_MAX, 1]);
  });

  test('a picture of a kind that is not opened is named', async () => {
    const webp = Buffer.from('RIFF0000WEBPVP8 0000000000000000');
    const { codes, unsearched } = await pictureCodes(mailWith([QR, webp, Buffer.alloc(0)]));
    expect([codes.length, unsearched.map(({ path }) => path)]).toEqual([1, ['0.2']]);
  });

  test('a broken picture holds none', async () => {
    const broken = QR.subarray(0, 200);
    expect(await pictureCodes(mailWith([broken, Buffer.alloc(40, 0xff)]))).toMatchObject({
      codes: [],
      limits: [],
    });
  });

  test.each<[string, string, object | null]>([
    ['PNG', '89504e470d0a1a0a0000000d4948445200000010000000200000', { width: 16, height: 32 }],
    ['GIF', '474946383961100020000000000000000000000000000000000000', { width: 16, height: 32 }],
    [
      'BMP, upside down',
      '424d00000000000000000000000028000000100000 00e0ffffff'.replace(' ', ''),
      { width: 16, height: 32 },
    ],
    [
      'JPEG behind another segment',
      'ffd8ffe000040000ffc0001108002000100301220002110103110100',
      { width: 16, height: 32 },
    ],
    ['JPEG without a frame', 'ffd8ffe0ffff00000000000000000000000000000000000000000000', null],
    ['nothing', '', null],
  ])('the size of a %s is read from its header', (_, hex, size) =>
    expect(pictureSize(Buffer.from(hex, 'hex'))).toEqual(size),
  );
});
