import { parseMailDate } from '../header/index.ts';
import type { Hop } from './mail.ts';

/** One Received field: its unfolded value, and where its bytes stand. */
export interface ReceivedField {
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

/** Mail systems refuse mail far below (RFC 5321 section 6.3: at least 100). */
export const HOPS_MAX = 1_000;

/**
 * The route of a message, newest hop first, from its Received fields in the order of the header.
 */
export function readReceived(fields: readonly ReceivedField[]): readonly Hop[] {
  return fields.slice(0, HOPS_MAX).map((field) => ({
    ...readClauses(field.value),
    trusted: false,
    offset: field.offset,
    length: field.length,
  }));
}

function readClauses(value: string): Omit<Hop, 'trusted' | 'offset' | 'length'> {
  const semicolon = value.lastIndexOf(';');
  const date = semicolon < 0 ? null : parseMailDate(value.slice(semicolon + 1));
  const clauses = semicolon < 0 ? value : value.slice(0, semicolon);
  const from = /(?:^|\s)from\s+(\S{1,255})/i.exec(clauses)?.[1] ?? null;
  const by = /(?:^|\s)by\s+(\S{1,255})/i.exec(clauses)?.[1] ?? null;
  const protocol = /\swith\s+(\S{1,60})/i.exec(clauses)?.[1] ?? null;
  const head = clauses.slice(0, clauses.search(/\sby\s/i));
  const ip =
    /[[(](?:IPv6:)?((?:\d{1,3}\.){3}\d{1,3}|[0-9a-f:.]{2,45}:[0-9a-f:.]{1,45})[\])]/i.exec(
      head,
    )?.[1] ?? null;
  const reverseName = /\(([\w.-]{1,255})\s+\[/.exec(head)?.[1] ?? null;
  return { from, reverseName, by, ip, protocol, date };
}
