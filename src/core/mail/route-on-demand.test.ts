import { expect, test } from 'vitest';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { readMessage } from './read.ts';
import { withRoute } from './route-on-demand.ts';

const mail =
  'Received: from a.example ([192.0.2.7]) by mx.example.org; Tue, 20 Oct 2020 18:00:00 +0000\r\n' +
  'From: info@group.example\r\nSubject: Vote\r\n\r\nHello.\r\n';

test('a route that is read on demand is a field like the others', () => {
  const [message] = readMessage(kernels.encode(mail), kernels).messages;
  const copy = { ...message! };
  expect(copy.route.map(({ ip }) => ip)).toEqual(['192.0.2.7']);
  expect(Object.getOwnPropertyDescriptor(copy, 'route')).toHaveProperty('value', copy.route);
  expect(JSON.parse(JSON.stringify(message))).toEqual(copy);
  expect(structuredClone(message)).toEqual(copy);
  expect(Object.keys(message!).slice(-4)).toEqual(['textFrom', 'route', 'forward', 'defects']);
});

test('a route is not read before it is asked for, and by one message once', () => {
  let calls = 0;
  const read = () => {
    calls += 1;
    return [];
  };
  const message = withRoute({ path: '0' }, read, { defects: [] });
  expect([message.path, message.defects, calls]).toEqual(['0', [], 0]);
  expect(message.route).toEqual([]);
  expect(calls).toBe(1);
  const [mailRead] = readMessage(kernels.encode(mail), kernels).messages;
  expect(mailRead!.route).toBe(mailRead!.route);
});
