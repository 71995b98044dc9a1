import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type Kernels, OnDemand } from '../base/index.ts';
import { readMessage } from './read.ts';

const mail =
  'Received: from a.example ([192.0.2.7]) by mx.example.org; Tue, 20 Oct 2020 18:00:00 +0000\r\n' +
  'From: info@group.example\r\nSubject: Vote\r\n\r\nHello.\r\n';

test('what is worked out on demand is a field like the others', () => {
  const bytes = kernels.encode(mail);
  const [message] = readMessage(bytes, kernels).messages;
  const copy = { ...message! };
  const part = { ...message!.parts[0]! };
  expect(copy.route.map(({ ip }) => ip)).toEqual(['192.0.2.7']);
  expect(copy.sha256).toBe(kernels.sha256(bytes));
  expect(part.sha256).toBe(kernels.sha256(kernels.encode('Hello.\r\n')));
  for (const name of ['route', 'sha256'] as const)
    expect(Object.getOwnPropertyDescriptor(copy, name)).toHaveProperty('value', copy[name]);
  expect(JSON.parse(JSON.stringify(message))).toEqual({ ...copy, parts: [part] });
  expect(structuredClone(message)).toEqual(copy);
  expect(Object.keys(message!).slice(2, 5)).toEqual(['length', 'sha256', 'role']);
  expect(Object.keys(message!).slice(-4)).toEqual(['textFrom', 'route', 'forward', 'defects']);
  expect(Object.keys(part).slice(-2)).toEqual(['bytes', 'sha256']);
});

test('a value is not worked out before it is asked for, and once', () => {
  let calls = 0;
  const value = new OnDemand(() => {
    calls += 1;
    return [];
  });
  expect(calls).toBe(0);
  expect(value.get()).toBe(value.get());
  expect(calls).toBe(1);
  const [message] = readMessage(kernels.encode(mail), kernels).messages;
  expect(message!.route).toBe(message!.route);
});

test('encoded words of a field that nobody asks for are left, and read as others when asked', () => {
  let decoded = 0;
  const counting: Kernels = {
    ...kernels,
    base64: (bytes, start, end) => {
      decoded += 1;
      return kernels.base64(bytes, start, end);
    },
  };
  const bytes = kernels.encode(`X-Filter: =?utf-8?B?SGVsbG8=?=\r\nX-Plain: yes\r\n${mail}`);
  const [message] = readMessage(bytes, counting).messages;
  expect([message!.headers.length, decoded]).toEqual([5, 0]);
  const [field] = message!.headers;
  expect({ ...field }).toEqual({ name: 'X-Filter', value: 'Hello', offset: 0, length: 30 });
  expect(Object.keys(field!)).toEqual(Object.keys(message!.headers[1]!));
  expect(structuredClone(field)).toEqual(JSON.parse(JSON.stringify(field)));
  expect([field!.value, decoded]).toEqual(['Hello', 1]);
});

test('an attachment is hashed at once, a shown text and a whole mail when asked', () => {
  const digested: number[] = [];
  const counting: Kernels = {
    ...kernels,
    sha256: (bytes) => {
      digested.push(bytes.length);
      return kernels.sha256(bytes);
    },
  };
  const bytes = kernels.encode(
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello.\r\n' +
      '--b\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--b--\r\n',
  );
  const [message] = readMessage(bytes, counting).messages;
  expect(digested).toEqual([4]);
  const [text, file] = message!.parts;
  for (let times = 0; times < 2; times += 1)
    expect([message!, text!, file!].map(({ sha256 }) => sha256.length)).toEqual([64, 64, 64]);
  expect(digested).toEqual([4, bytes.length, 6]);
});
