import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import {
  createLineReader,
  emptyNumber,
  LINE_BYTES_MAX,
  type LogRequest,
  networkOf,
  networkText,
  probeOf,
  readNetworkList,
  readRecordNumber,
  recordNumberText,
  SIZE_UNKNOWN,
} from './index.ts';
import { ipv4 } from './network.ts';

function read(text: string | Uint8Array, cut = Number.POSITIVE_INFINITY) {
  const requests: LogRequest[] = [];
  const reader = createLineReader(nodeKernels, (request) => requests.push({ ...request }));
  const bytes = typeof text === 'string' ? nodeKernels.encode(text) : text;
  for (let at = 0; at < bytes.length; at += cut) reader.add(bytes.subarray(at, at + cut));
  reader.end();
  return { requests, counts: reader.counts };
}

const SECOND = Date.UTC(2020, 9, 1, 3, 4, 5) / 1000;
const EXPECTED: LogRequest = {
  second: SECOND,
  address: '198.51.100.7',
  method: 'GET',
  target: '/lookup?id=1002003',
  status: 200,
  bytes: 5123,
  agent: 'curl/7.68.0',
};
const IIS =
  '#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)\n';

describe('a line is read in the form it has by itself', () => {
  test.each<[string, string, Partial<LogRequest>]>([
    [
      'combined',
      '198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /lookup?id=1002003 HTTP/1.1" 200 5123 "-" "curl/7.68.0"',
      {},
    ],
    [
      'combined, other zone',
      '198.51.100.7 - ann [30/Sep/2020:20:04:05 -0700] "GET /lookup?id=1002003 HTTP/2.0" 200 5123 "https://x.example/\\"a" "curl/7.68.0" "extra"',
      {},
    ],
    [
      'common',
      '198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /lookup?id=1002003 HTTP/1.1" 200 5123',
      { agent: '' },
    ],
    [
      'virtual host first',
      'vote.example:443 198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /lookup?id=1002003 HTTP/1.1" 200 5123 "-" "curl/7.68.0"',
      {},
    ],
    [
      'no body',
      '198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /lookup?id=1002003 HTTP/1.1" 200 - "-" "curl/7.68.0"',
      { bytes: 0 },
    ],
    [
      'W3C',
      `${IIS}2020-10-01 03:04:05 198.51.100.7 GET /lookup id=1002003 200 5123 curl/7.68.0`,
      {},
    ],
    [
      'W3C, IIS default without its head',
      '2020-10-01 03:04:05 192.0.2.1 GET /lookup id=1002003 443 - 198.51.100.7 curl/7.68.0 - 200 0 0 15',
      { bytes: SIZE_UNKNOWN },
    ],
    [
      'W3C, day in the head',
      '#Date: 2020-10-01 00:00:00\n#Fields: time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)\n03:04:05 198.51.100.7 GET /lookup id=1002003 200 5123 curl/7.68.0',
      {},
    ],
    [
      'JSON of nginx',
      '{"time_iso8601":"2020-10-01T03:04:05+00:00","remote_addr":"198.51.100.7","request":"GET /lookup?id=1002003 HTTP/1.1","status":"200","body_bytes_sent":"5123","http_user_agent":"curl/7.68.0"}',
      {},
    ],
    [
      'JSON of Cloudflare',
      `{"EdgeStartTimestamp":${SECOND}000000000,"ClientIP":"198.51.100.7","ClientRequestMethod":"GET","ClientRequestURI":"/lookup?id=1002003","EdgeResponseStatus":200,"EdgeResponseBytes":5123,"ClientRequestUserAgent":"curl/7.68.0"}`,
      {},
    ],
    [
      'JSON of Caddy',
      `{"ts":${SECOND}.25,"request":{"remote_ip":"198.51.100.7","method":"GET","uri":"/lookup?id=1002003","headers":{"User-Agent":["curl/7.68.0"]}},"size":5123,"status":200}`,
      {},
    ],
    [
      'JSON of AWS WAF',
      `{"timestamp":${SECOND}000,"action":"BLOCK","httpRequest":{"clientIp":"198.51.100.7","httpMethod":"GET","uri":"/lookup","args":"id=1002003","headers":[{"name":"User-Agent","value":"curl/7.68.0"}]}}`,
      { status: 403, bytes: SIZE_UNKNOWN },
    ],
    [
      'a byte-order mark before',
      '\ufeff198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /lookup?id=1002003 HTTP/1.1" 200 5123 "-" "curl/7.68.0"',
      {},
    ],
  ])('%s', (_, line, differs) => {
    expect(read(`${line}\n`).requests).toEqual([{ ...EXPECTED, ...differs }]);
  });

  test('mixed forms in one file, CR LF or LF, no end of line at the end', () => {
    const lines = [
      '198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /a HTTP/1.1" 200 1 "-" "x"',
      '{"time":"2020-10-01T03:04:05Z","ip":"198.51.100.7","path":"/b","status":200}',
      '\u0000\u0001 torn',
      '2020-10-01 03:04:05 192.0.2.1 GET /c - 443 - 198.51.100.7 x - 200 0 0 15',
    ];
    const { requests, counts } = read(lines.join('\r\n'));
    expect(requests.map(({ target }) => target)).toEqual(['/a', '/b', '/c']);
    expect(counts).toMatchObject({ lines: 4, requests: 3, unread: 1 });
  });

  test('a line one byte too long is left out and counted; the next one is read', () => {
    const good = '198.51.100.7 - - [01/Oct/2020:03:04:05 +0000] "GET /a HTTP/1.1" 200 1';
    const { requests, counts } = read(`${'x'.repeat(LINE_BYTES_MAX + 1)}\n${good}\n`, 65_536);
    expect(requests).toHaveLength(1);
    expect(counts.tooLong).toBe(1);
  });

  test('where the bytes are cut changes nothing', () => {
    const text =
      `${IIS}2020-10-01 03:04:05 198.51.100.7 GET /lookup id=1002003 200 5123 a\r\n{"ts":1601521445,"uri":"/x","status":200}\n`.repeat(
        4,
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (cut) => {
        expect(read(text, cut)).toEqual(read(text));
      }),
      { numRuns: 40 },
    );
  });

  test('no bytes make it throw', () => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            '[',
            '"',
            '\\',
            '{',
            '}',
            ':',
            ' ',
            '2020-10-01',
            '01/Oct/2020:03:04:05',
            '#Fields:',
            '\n',
            '\u00ff',
          ),
        )
        .map((words) => nodeKernels.encode(words.join(''))),
    );
    fc.assert(
      fc.property(hostile, (bytes) => void read(bytes)),
      { numRuns: 300 },
    );
  });
});

describe('probes', () => {
  test.each<[string | null, string]>([
    [null, '/search?last=O%27Brien&first=Ann'],
    [null, '/lookup?id=1002003&lang=en%2DUS'],
    [null, '/news?title=select+your+precinct+from+the+map'.replace('select', 'choose')],
    ['injection', '/lookup?id=1%27%20or%20%271%27=%271'],
    ['injection', '/lookup?id=1+union+all+select+1,2'],
    ['injection', '/lookup?id=1);waitfor%20delay%20%270:0:5%27--'],
    ['injection', '/lookup?id=1%2527%2520or%25201%253D1%2520--'],
    ['traversal', '/files?name=..%2f..%2fetc%2fpasswd'],
    ['traversal', '/static/../../windows/win.ini'],
    ['script-injection', '/search?q=%3Cscript%3Ealert(1)%3C/script%3E'],
    ['template-injection', '/?x=%24{jndi:ldap://a.example/x}'],
    ['scanner', '/lookup?voterid[$acunetix]=1'],
  ])('%s: %s', (kind, target) => {
    expect(probeOf(target)).toBe(kind);
  });
});

test('a record number comes back as it was written', () => {
  const texts = fc.stringMatching(/^[A-Z]{0,4}[0-9]{1,15}$/);
  fc.assert(
    fc.property(texts, (text) => {
      const number = emptyNumber();
      expect(readRecordNumber(text, 0, text.length, number)).toBe(true);
      expect(recordNumberText(number.prefix, number.padded, number.value)).toBe(text);
    }),
  );
});

test.each([
  ['198.51.100.7', '198.51.100.0/24'],
  ['2001:db8:7:1::5', '2001:db8:7::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::ffff:198.51.100.7', '198.51.100.0/24'],
  ['host.example', 'unknown'],
  ['256.1.1.1', 'unknown'],
])('the network of %s is %s', (address, network) => {
  expect(networkText(networkOf(address, ipv4(address)))).toBe(network);
});

test.each([
  ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7'], ['192.0.2.8', 'localhost']],
  ['10.20.0.0/14', ['10.20.0.1', '10.23.255.9'], ['10.24.0.1', '11.20.0.1']],
  ['192.0.2.7, 2001:db8::/32', ['2001:DB8:7::1', '192.0.2.7'], ['2001:db9::1']],
  ['2001:db8::1', ['2001:db8:0:0:0:0:0:1'], ['2001:db8::2', '2001:db8::1:1']],
  ['0.0.0.0/0', ['203.0.113.9'], ['2001:db8::1']],
])('the networks %s hold %j and not %j', (text, inside, outside) => {
  const list = readNetworkList(text);
  expect(inside.filter((address) => list?.has(address) !== true)).toEqual([]);
  expect(outside.filter((address) => list?.has(address) !== false)).toEqual([]);
});

test.each(['', 'x', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', '1:2:3', '1::2::3', '10.0.0.1,'])(
  '%j is no list of networks',
  (text) => {
    expect(readNetworkList(text)).toBeNull();
  },
);
