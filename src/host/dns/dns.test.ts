import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../core/base/index.ts';
import {
  liveDns,
  MESSAGE_QUESTIONS_MAX,
  MESSAGE_TIME_MAX_MS,
  recordedDns,
  recordingResolver,
} from './index.ts';

const NOW = '2020-10-21T00:00:00.000Z' as Instant;
const now = (): Instant => NOW;

/** A name server on this machine (RFC 1035 section 4): two names, and silence for `slow`. */
const asked: string[] = [];
let server: Socket;
let address = '';

const TYPE: Readonly<Record<number, string>> = { 1: 'A', 16: 'TXT', 15: 'MX', 28: 'AAAA' };
const ANSWERS: Readonly<Record<string, readonly Buffer[]>> = {
  'A mail.example.org': [Buffer.from([203, 0, 113, 9])],
  'TXT example.org': [Buffer.from('\x07v=spf1 \x04-all')],
  'MX example.org': [Buffer.from('\x00\x0a\x04mail\x07example\x03org\x00')],
};

function answer(query: Buffer): Buffer | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1);
  const name = labels.join('.').toLowerCase();
  asked.push(`${TYPE[type] ?? type} ${name}`);
  if (name.startsWith('slow')) return null;
  const records = ANSWERS[`${TYPE[type]} ${name}`] ?? [];
  const known = Object.keys(ANSWERS).some((question) => question.endsWith(` ${name}`));
  const head = Buffer.from(query.subarray(0, at + 5));
  head.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt16BE(0, 10);
  const rows = records.map((data) => {
    const row = Buffer.alloc(12);
    row.writeUInt16BE(0xc00c, 0);
    row.writeUInt16BE(type, 2);
    row.writeUInt16BE(1, 4);
    row.writeUInt32BE(300, 6);
    row.writeUInt16BE(data.length, 10);
    return Buffer.concat([row, data]);
  });
  return Buffer.concat([head, ...rows]);
}

beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (query, from) => {
    const reply = answer(query);
    if (reply !== null) server.send(reply, from.port, from.address);
  });
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((closed) => void server.close(() => closed())));

const still = (): number => 0;

describe('live', () => {
  test('asks each question once, and keeps answer, server, time and TTL', async () => {
    const dns = liveDns({ now, servers: [address] });
    const first = recordingResolver(dns, still);
    expect(await first.resolve('mail.example.org', 'A')).toEqual(['203.0.113.9']);
    expect(await first.resolve('example.org', 'TXT')).toEqual([['v=spf1 ', '-all']]);
    expect(await first.resolve('example.org', 'MX')).toEqual([
      { exchange: 'mail.example.org', priority: 10 },
    ]);
    const second = recordingResolver(dns, still);
    await second.resolve('MAIL.example.org.', 'A');
    expect(asked.filter((question) => question === 'A mail.example.org')).toHaveLength(1);
    expect(second.transcript().entries).toEqual([
      {
        name: 'mail.example.org',
        type: 'A',
        time: NOW,
        server: address,
        answers: ['203.0.113.9'],
        ttl: 300,
        error: null,
      },
    ]);
  });

  test('an absent name, an absent record and silence are three errors', async () => {
    const dns = liveDns({ now, servers: [address], timeMaxMs: 200 });
    const codes = await Promise.all(
      (
        [
          ['nobody.example', 'A'],
          ['example.org', 'A'],
          ['slow.example', 'A'],
        ] as const
      ).map(async ([name, type]) => (await dns.ask(name, type)).error),
    );
    expect(codes).toEqual(['ENOTFOUND', 'ENODATA', 'ETIMEOUT']);
  });
});

describe('a recording', () => {
  test('replays what was answered, errors too; what was not asked then is not known', async () => {
    const live = recordingResolver(liveDns({ now, servers: [address] }), still);
    await live.resolve('example.org', 'TXT');
    await expect(live.resolve('nobody.example', 'TXT')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
    const replay = recordingResolver(recordedDns(live.transcript()), still);
    expect(await replay.resolve('example.org', 'TXT')).toEqual([['v=spf1 ', '-all']]);
    await expect(replay.resolve('nobody.example', 'TXT')).rejects.toMatchObject({
      code: 'ENOTFOUND',
    });
    await expect(replay.resolve('other.example', 'TXT')).rejects.toMatchObject({
      code: 'ENOTRECORDED',
    });
  });

  test('answers of another record are repeated up to the cap, each question once', async () => {
    const empty = recordedDns({ schema: 'tocsin/dns-transcript/1', entries: [] });
    const asked = recordingResolver(empty, still);
    const { resolve, heard } = asked.overheard();
    await expect(resolve('a.example', 'A')).rejects.toMatchObject({ code: 'ENOTRECORDED' });
    const other = recordingResolver(empty, still);
    expect(other.repeat(heard())).toBe(true);
    expect(other.repeat(heard())).toBe(true);
    expect(other.transcript()).toEqual(asked.transcript());
    const full = recordingResolver(empty, still);
    for (let n = 0; n < MESSAGE_QUESTIONS_MAX; n += 1)
      await full.resolve(`h${n}.example`, 'A').catch(() => undefined);
    expect(full.repeat(heard())).toBe(false);
  });

  test('one question past the cap is refused, and so is one past the time', async () => {
    const empty = recordedDns({ schema: 'tocsin/dns-transcript/1', entries: [] });
    const many = recordingResolver(empty, still);
    for (let n = 0; n < MESSAGE_QUESTIONS_MAX; n += 1)
      await expect(many.resolve(`h${n}.example`, 'A')).rejects.toMatchObject({
        code: 'ENOTRECORDED',
      });
    expect(many.hitLimit()).toBe(false);
    await expect(many.resolve('last.example', 'A')).rejects.toMatchObject({ code: 'ELIMIT' });
    expect(many.hitLimit()).toBe(true);
    let ms = 0;
    const late = recordingResolver(empty, () => ms);
    ms = MESSAGE_TIME_MAX_MS + 1;
    await expect(late.resolve('a.example', 'A')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  });
});
