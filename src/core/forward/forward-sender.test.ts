import { expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { readForwardMailboxes } from './forward-sender.ts';

test.each<[string, string]>([
  ['bounce@list.example <bounce@list.example> on behalf of Group <info@group.example>', 'Group'],
  [
    'Liste [mailto:bounce@list.example] Im Auftrag von Gruppe [mailto:info@group.example]',
    'Gruppe',
  ],
  ['bounce@list.example em nome de Grupo <info@group.example>', 'Grupo'],
])('Outlook names the Sender before the From: %s', (value, name) => {
  expect(readForwardMailboxes(value, nodeKernels)).toEqual([
    { name, address: 'info@group.example' },
  ]);
});

test('a name with such words and no address behind them is a name', () => {
  expect(readForwardMailboxes('Speaking on behalf of voters <v@x.example>', nodeKernels)).toEqual([
    { name: 'voters', address: 'v@x.example' },
  ]);
  expect(readForwardMailboxes('v@x.example on behalf of voters', nodeKernels)[0]?.address).toBe(
    'v@x.example',
  );
});
