import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossedMsg } from '../../../test/kit/crossed-msg.ts';
import { type MsgSource, writeMsg } from '../../../test/kit/msg-writer.ts';
import { attribute, writeTnef } from '../../../test/kit/tnef-writer.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { decompressRtf, readReportedMail, readRtfBody, readTnef } from './index.ts';
import { ATTACHMENTS_MAX, ITEM_DEPTH_MAX } from './mapi-item.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('winmail.dat', () => {
  test('attachments are exact, under their long names', () => {
    const data = Buffer.from(Array.from({ length: 256 }, (_, at) => at));
    const stream = writeTnef({
      codePage: 1252,
      files: [
        {
          title: 'BALLOT~1.PDF',
          longName: 'ballot – sample.pdf',
          mimeTag: 'Application/PDF',
          data,
        },
        { title: 'plain.txt', data: bytes('x') },
        { data: bytes('y') },
      ],
    });
    const { files, defects } = readTnef(stream, kernels);
    expect(defects).toEqual([]);
    expect(files.map(({ fileName, contentType, kind }) => [fileName, contentType, kind])).toEqual([
      ['ballot – sample.pdf', 'application/pdf', 'file'],
      ['plain.txt', null, 'file'],
      [null, null, 'file'],
    ]);
    expect(Buffer.from(files[0]?.bytes ?? [])).toEqual(data);
    const offset = files[0]?.offset ?? -1;
    expect(stream.subarray(offset, offset + 256)).toEqual(data);
  });

  test('a message inside, an OLE object, and text under the code page', () => {
    const inner = writeTnef({
      codePage: 1251,
      subject: Buffer.from([0xc3, 0xee, 0xeb, 0xee, 0xf1, 0]),
    });
    const stream = writeTnef({
      files: [
        { longName: 'inner.msg', object: { iid: 'message', data: inner } },
        { longName: 'chart', object: { iid: 'storage', data: bytes('OLE') } },
      ],
      properties: [
        { id: 0x8001, type: 'named', name: 'x-test', value: 'skipped' },
        { id: 0x0037, type: 0x1f, value: 'behind a named one' },
      ],
    });
    const item = readTnef(stream, kernels);
    expect(item.properties.get(0x0037)).toBe('behind a named one');
    expect(item.files.map(({ kind }) => kind)).toEqual(['message', 'ole']);
    expect(item.files[0]?.item?.properties.get(0x0037)).toBe('Голос');
    expect(Buffer.from(item.files[1]?.bytes ?? []).toString()).toBe('OLE');
  });

  test('a wrong checksum is a defect, and the attribute is read', () => {
    const stream = writeTnef({ files: [{ title: 'a', data: bytes('abc') }] });
    stream[stream.indexOf('abc')] = 0x62;
    const { files, defects } = readTnef(stream, kernels);
    expect(defects.map(({ code }) => code)).toEqual(['tnef-checksum']);
    expect(Buffer.from(files[0]?.bytes ?? []).toString()).toBe('bbc');
  });

  test('a checksum holds wherever the attribute stands and however long it is', () => {
    const files = [0, 1, 2, 3, 4, 5, 6, 7, 255, 256, 257, 1023, 5001].map((length) => ({
      data: Buffer.from(Array.from({ length }, (_, at) => 255 - (at % 3))),
    }));
    for (const shift of [0, 1, 2, 3]) {
      const stream = writeTnef({ files });
      const placed = Buffer.concat([Buffer.alloc(shift), stream]).subarray(shift);
      expect(readTnef(placed, kernels).defects).toEqual([]);
    }
  });

  test('a stream cut anywhere, or with a lying length, gives what stood before', () => {
    const stream = writeTnef({
      subject: bytes('hello\0'),
      files: [{ title: 'a', data: bytes('abc') }],
    });
    for (let at = 0; at < stream.length; at += 1) readTnef(stream.subarray(0, at), kernels);
    const lying = Buffer.from(stream);
    lying.writeUInt32LE(0xffff_fff0, lying.indexOf('hello') - 4);
    expect(readTnef(lying, kernels).defects.map(({ code }) => code)).toEqual(['tnef-truncated']);
    expect(readTnef(Buffer.concat([stream, Buffer.alloc(9)]), kernels).defects).toMatchObject([
      { code: 'tnef-trailing' },
    ]);
  });

  test('one past the limits is said', () => {
    const files = Array.from({ length: ATTACHMENTS_MAX + 1 }, () => ({ data: bytes('x') }));
    const many = readTnef(writeTnef({ files }), kernels);
    expect([many.files.length, many.cut]).toEqual([ATTACHMENTS_MAX, 'outlook-attachments']);
    let nested = writeTnef({});
    for (let depth = 0; depth <= ITEM_DEPTH_MAX + 1; depth += 1)
      nested = writeTnef({ files: [{ object: { iid: 'message', data: nested } }] });
    let item = readTnef(nested, kernels);
    let depth = 0;
    for (; item.files[0]?.item != null; depth += 1) item = item.files[0].item;
    expect([depth, item.cut]).toEqual([ITEM_DEPTH_MAX, 'outlook-depth']);
  });
});

const HEADERS = [
  'Received: from out.example.net ([203.0.113.9]) by mx.voter.example with ESMTP; Tue, 20 Oct 2020 13:05:00 +0000',
  'From: "Sentinels" <info@sentinels.example>',
  'To: voter@voter.example',
  'Subject: Vote or else',
  'Content-Type: multipart/mixed; boundary="gone"',
  '',
].join('\r\n');

const ITEM: MsgSource = {
  properties: {
    8192031: HEADERS,
    3604511: 'Vote or else',
    268435487: 'We know.\r\nhttp://video.example/w',
    269680898: Buffer.from('<p>We know.</p>'),
    1071513603: 65001,
  },
};

describe('.msg', () => {
  test('stored header lines give sender and route; both bodies are kept; nothing is called exact', () => {
    const contents: string[] = [];
    const file = writeMsg({
      ...ITEM,
      files: [{ name: 'ballot.pdf', data: Buffer.alloc(9000, 7) }],
    });
    const { messages } = readReportedMail(file, kernels, {
      onContent: ({ bodies }) => contents.push(...bodies.map(({ kind }) => kind)),
    });
    expect(messages).toMatchObject([
      {
        role: 'original',
        offset: null,
        length: file.length,
        sha256: kernels.sha256(file),
        from: { name: 'Sentinels', address: 'info@sentinels.example' },
        subject: 'Vote or else',
        text: 'We know.\nhttp://video.example/w',
        route: [{ ip: '203.0.113.9', trusted: true }],
        parts: [
          { fileName: 'ballot.pdf', bytes: 9000, sha256: kernels.sha256(Buffer.alloc(9000, 7)) },
        ],
        forward: { method: 'outlook-item', intact: false, lost: ['authentication'] },
      },
    ]);
    expect(contents).toEqual(['plain', 'html']);
  });

  test.each<[string, Readonly<Record<number, string | Buffer | number>>, object]>([
    [
      '8-bit text by its language',
      { 3604510: Buffer.from([0x93, 0xfa, 0x96, 0x7b]), 1072758787: 0x0411 },
      { subject: '日本' },
    ],
    [
      '8-bit text by its code page',
      { 3604510: Buffer.from([0xc3, 0xee]), 1073545219: 1251 },
      { subject: 'Го' },
    ],
    [
      'an X.500 sender has no address',
      { 203030559: 'Pat Sample', 203358239: '/O=ORG/CN=PAT' },
      {
        from: { name: 'Pat Sample', address: '' },
        defects: [{ code: 'outlook-sender-without-address', at: 0 }],
      },
    ],
    [
      'an X.500 sender with an @ in the last name',
      { 203030559: 'Pat', 203358239: '/O=ORG/OU=FIRST/CN=RECIPIENTS/CN=PAT@ORG' },
      { from: { name: 'Pat', address: '' } },
    ],
    [
      'an SMTP address beside an X.500 one',
      { 203030559: 'Pat', 203358239: '/O=ORG', 1560346655: 'pat@board.example' },
      { from: { name: 'Pat', address: 'pat@board.example' } },
    ],
    [
      'an unsent draft',
      { 3604511: 'draft', 235339779: 8 },
      {
        defects: [{ code: 'outlook-unsent', at: 0 }],
        forward: {
          method: 'outlook-item',
          intact: false,
          lost: ['headers', 'route', 'authentication'],
        },
      },
    ],
    ['nothing at all', {}, { from: null, subject: null, text: '', textFrom: 'none' }],
  ])('%s', (_, properties, expected) => {
    const { messages } = readReportedMail(writeMsg({ properties }), kernels);
    expect(messages).toMatchObject([expected]);
  });

  test('a message inside is the original, its carrier the carrier', () => {
    const eml = Buffer.from('From: a@example.org\r\nSubject: inner\r\n\r\nhi\r\n');
    const file = writeMsg({
      properties: { 3604511: 'FW' },
      recipients: [{ 805371935: 'Clerk', 972947487: 'clerk@county.example' }],
      files: [
        { name: 'Vote or else.msg', item: ITEM },
        { name: 'x.eml', data: eml },
      ],
    });
    const { messages } = readReportedMail(file, kernels);
    expect(
      messages.map(({ path, role, subject, forward }) => [
        path,
        role,
        subject,
        forward?.method,
        forward?.intact,
      ]),
    ).toEqual([
      ['0', 'carrier', 'FW', 'outlook-item', false],
      ['0.1', 'original', 'Vote or else', 'outlook-item', false],
      ['0.2', 'original', 'inner', 'attached-file', true],
    ]);
    expect(messages[0]?.to).toEqual([{ name: 'Clerk', address: 'clerk@county.example' }]);
  });

  test('files stand in the order of their numbers, however the directory lists them', () => {
    const files = [2, 0, 1].map((number) => ({ name: `${number}.pdf`, number, data: bytes('x') }));
    const [message] = readReportedMail(writeMsg({ properties: {}, files }), kernels).messages;
    expect(message?.parts.map(({ fileName }) => fileName)).toEqual(['0.pdf', '1.pdf', '2.pdf']);
  });

  test('an Outlook item cut before its directory is called damaged, not another kind', () => {
    const cut = writeMsg({ properties: { 3604511: 'x'.repeat(9_000) } }).subarray(0, 1_024);
    expect(readReportedMail(cut, kernels)).toMatchObject({
      messages: [],
      limits: [{ code: 'outlook-truncated' }],
    });
  });

  test('an older Office file is no mail, and that is said', () => {
    const file = writeMsg({ properties: {} });
    const at = file.indexOf(Buffer.from('__properties', 'utf16le'));
    file.write('WW', at, 'utf16le');
    expect(readReportedMail(file, kernels)).toMatchObject({
      messages: [],
      limits: [{ code: 'not-mail' }],
    });
  });
});

describe('in a mail', () => {
  const mail = (name: string, file: Buffer, text: string): Buffer =>
    Buffer.from(
      [
        'From: reporter@voter.example',
        'Subject: FW',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        text,
        '--b',
        `Content-Type: application/ms-tnef; name=${name}`,
        'Content-Transfer-Encoding: base64',
        '',
        file.toString('base64').replace(/.{76}/g, '$&\r\n'),
        '--b--',
        '',
      ].join('\r\n'),
    );

  test('winmail.dat gives its files to the mail, and its words where the mail has none', () => {
    const stream = writeTnef({
      properties: [{ id: 0x1000, type: 0x1f, value: 'the words' }],
      files: [{ longName: 'a.pdf', data: bytes('pdf') }],
    });
    const [spoken] = readReportedMail(mail('winmail.dat', stream, 'own'), kernels).messages;
    const [silent] = readReportedMail(mail('winmail.dat', stream, ''), kernels).messages;
    expect([spoken?.text.trim(), silent?.text]).toEqual(['own', 'the words']);
    expect(spoken?.parts.map(({ path, fileName }) => [path, fileName])).toEqual([
      ['0.1', null],
      ['0.2', 'winmail.dat'],
      ['0.2.1', 'a.pdf'],
    ]);
  });

  test('a message in winmail.dat and an attached .msg are originals behind their carrier', () => {
    const inner = writeTnef({ subject: bytes('inner\0') });
    const stream = writeTnef({ files: [{ object: { iid: 'message', data: inner } }] });
    for (const file of [stream, writeMsg({ properties: { 3604511: 'inner' } })]) {
      const { messages } = readReportedMail(mail('x', file, 'look'), kernels);
      expect(messages.map(({ role, subject }) => [role, subject])).toEqual([
        ['carrier', 'FW'],
        ['original', 'inner'],
      ]);
    }
  });
});

describe('RTF', () => {
  /** [MS-OXRTFCP] section 3.1: the standard's own two examples. */
  test.each([
    [
      '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0',
      '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
    ],
    [
      '1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0',
      '{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}',
    ],
  ])('unpacks the examples of [MS-OXRTFCP] section 3', (packed, rtf) => {
    const { bytes: unpacked, defect } = decompressRtf(Buffer.from(packed, 'hex'));
    expect([Buffer.from(unpacked).toString('latin1'), defect]).toEqual([rtf, null]);
  });

  test.each<[string, string, string]>([
    [
      "{\\rtf1\\ansi\\ansicpg1251 {\\fonttbl{\\f0 Arial;}}\\pard \\'c3\\'ee\\par b\\tab c}",
      'rtf',
      'Го\nb\tc',
    ],
    ['{\\rtf1\\ansi\\ansicpg1252\\fromtext \\u8364 ?1\\uc0\\u8364 2}', 'text', '€1€2'],
    [
      '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf {\\b \\htmlrtf0 hi{\\*\\htmltag84 &nbsp;}\\htmlrtf }\\htmlrtf0{\\*\\htmltag72 </p>}}',
      'html',
      '<p>hi&nbsp;</p>',
    ],
    ['{\\rtf1{\\*\\unknown no}{\\pict 00ff}a\\{b\\}}', 'rtf', 'a{b}'],
    ['', 'rtf', ''],
    ['}}}{{{\\', 'rtf', ''],
  ])('%s', (rtf, kind, text) => expect(readRtfBody(bytes(rtf), kernels)).toEqual({ kind, text }));
});

describe('hostile bytes', () => {
  test.each([
    [
      'TNEF',
      () =>
        writeTnef({
          subject: bytes('a\0'),
          properties: [{ id: 0x37, type: 0x1f, value: 'x' }],
          files: [{ longName: 'b', data: bytes('c') }],
        }),
    ],
    ['.msg', () => writeMsg({ ...ITEM, files: [{ name: 'x', item: ITEM }] })],
  ])('%s with any bytes changed is read to an end', (_, make) => {
    const whole = make();
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const file = Buffer.from(whole);
        for (const [at, byte] of changes) file[at] = byte;
        const first = readReportedMail(file, kernels);
        expect(readReportedMail(file, kernels)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  test('loops of sectors and of the directory end', () => {
    const file = writeMsg(ITEM);
    for (let at = 512; at + 4 <= file.length; at += 4)
      if (file.readUInt32LE(at) === 0xfffffffe) file.writeUInt32LE(0, at);
    const { messages, limits } = readReportedMail(file, kernels);
    expect(messages.length + limits.length).toBeGreaterThan(0);
  });

  test.each(['shared', 'loop'] as const)(
    'sectors that many streams claim (%s) are given to one, which is said',
    (form) => {
      const file = crossedMsg(50, 20_000, form);
      const { messages, limits } = readReportedMail(file, kernels);
      const given = messages[0]!.parts.reduce((sum, part) => sum + part.bytes, 0);
      expect(messages[0]!.parts[0]!.bytes).toBe(form === 'loop' ? 512 : 20_000);
      expect(given).toBeLessThan(file.length);
      expect(limits).toMatchObject([{ code: 'outlook-truncated', at: '0' }]);
    },
  );

  test('RTF that claims to be huge takes only the room that its bytes can fill', () => {
    const packed = Buffer.alloc(40);
    packed.writeUInt32LE(36, 0);
    packed.writeUInt32LE(0xffff_ffff, 4);
    packed.writeUInt32LE(0x75465a4c, 8);
    const { bytes: unpacked, defect } = decompressRtf(packed);
    expect([unpacked.length < 1000, defect]).toEqual([true, 'rtf-truncated']);
    const deep = readRtfBody(bytes('{\\rtf1 '.repeat(100_000)), kernels);
    expect(deep.kind).toBe('rtf');
  });

  test('RTF that was stored as it is ends where one of its two sizes says', () => {
    const rtf = '{\\rtf1 words}';
    const stored = Buffer.concat([Buffer.alloc(16), bytes(rtf)]);
    stored.writeUInt32LE(0x414c454d, 8);
    const sizes = (packed: number, raw: number) => {
      stored.writeUInt32LE(packed, 0);
      stored.writeUInt32LE(raw, 4);
      const { bytes: given, defect } = decompressRtf(stored);
      return [Buffer.from(given).toString('latin1') === rtf, defect];
    };
    expect(sizes(rtf.length + 12, rtf.length)).toEqual([true, null]);
    expect(sizes(rtf.length + 12, rtf.length + 12)).toEqual([true, null]);
    expect(sizes(rtf.length + 13, rtf.length + 1)).toEqual([true, 'rtf-truncated']);
  });

  test('an attribute of an unknown name is passed over', () => {
    const stream = Buffer.concat([writeTnef({}), attribute(1, 0x0006ffff, bytes('x'))]);
    expect(readTnef(stream, kernels).defects).toEqual([]);
  });
});
