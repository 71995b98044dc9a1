import { assert, type Instant, type Json, type Sha256 } from '../../core/base/index.ts';
import {
  type Act,
  type CustodyEntry,
  type Exhibit,
  type ExhibitKind,
  type Finding,
  type FindingKey,
  storedFinding,
} from '../../core/evidence/index.ts';
import type { Row } from './session.ts';

/*
 * Rows back into facts. Only this code writes the rows, and `verify` is who doubts them: a row that
 * has not its type is a defect here.
 */

const text = (row: Row, name: string): string => {
  const value = row[name];
  assert(typeof value === 'string', `${name} is text`);
  return value;
};

const number = (row: Row, name: string): number => {
  const value = row[name];
  assert(typeof value === 'number', `${name} is a number`);
  return value;
};

export const indexOf = (row: Row): number => number(row, 'index');

export const exhibitOf = (row: Row): Exhibit => ({
  digest: text(row, 'digest') as Sha256,
  bytes: number(row, 'bytes'),
  kind: text(row, 'kind') as ExhibitKind,
});

export const custodyOf = (row: Row): CustodyEntry => ({
  exhibit: text(row, 'exhibit') as Sha256,
  givenBy: text(row, 'given_by'),
  receivedAt: text(row, 'received_at') as Instant,
  receivedHow: text(row, 'received_how') as CustodyEntry['receivedHow'],
  name: text(row, 'name'),
});

export const findingOf = (row: Row): Finding =>
  storedFinding(
    {
      key: text(row, 'key') as FindingKey,
      stage: text(row, 'stage'),
      methodVersion: number(row, 'method_version'),
      inputs: JSON.parse(text(row, 'inputs')),
      parameters: JSON.parse(text(row, 'parameters')),
      outputDigest: text(row, 'output_digest') as Sha256,
    },
    text(row, 'output'),
  );

export const actOf = (row: Row): Act & { readonly index: number } => ({
  index: indexOf(row),
  kind: text(row, 'kind'),
  by: text(row, 'by_whom'),
  at: text(row, 'at') as Instant,
  reason: text(row, 'reason'),
  body: JSON.parse(text(row, 'body')) as { readonly [name: string]: Json },
});
