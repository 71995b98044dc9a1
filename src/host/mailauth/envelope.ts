import type { Instant } from '../../core/base/index.ts';
import { readRecordedResults } from '../../core/forensics/index.ts';
import type { MailMessage } from '../../core/mail/index.ts';
import { boundaryClient, takingHop } from '../../core/route/index.ts';

/** What the recipient's provider saw of the SMTP session, as far as the message tells. */
export interface Envelope {
  readonly ip: string | null;
  readonly helo: string | null;
  /** MAIL FROM without brackets; null where unknown, empty for a bounce. */
  readonly sender: string | null;
  readonly time: Instant | null;
  /** `no-boundary`: no trusted hop; `envelope-claimed`: the sender may have written Return-Path. */
  readonly notes: readonly string[];
}

export function envelopeOf(message: MailMessage): Envelope {
  const client = boundaryClient(message.route);
  const hop = takingHop(message.route);
  const notes = client === null ? ['no-boundary'] : [];
  const field = message.headers.find(({ name }) => /^return-path$/i.test(name));
  const recorded = readRecordedResults(message)
    .filter(({ trusted }) => trusted)
    .flatMap(({ results }) => results)
    .find(({ properties }) => properties['smtp.mailfrom']?.includes('@') === true);
  const isOwn = field !== undefined && hop !== null && field.offset < hop.offset;
  const stated = isOwn ? field.value : (recorded?.properties['smtp.mailfrom'] ?? field?.value);
  if (field !== undefined && !isOwn && recorded === undefined) notes.push('envelope-claimed');
  return {
    // What the recipient's side saw: the client of another customer's submission is no SPF client.
    ip: client === null ? null : (hop?.ip ?? client.ip),
    helo: hop?.from ?? null,
    sender: stated === undefined ? null : stated.replace(/^\s*<|>\s*$/g, '').trim(),
    time: hop?.date ?? null,
    notes,
  };
}
