import type { Sha256 } from '../../src/core/base/index.ts';
import type { MailMessage } from '../../src/core/mail/index.ts';

/** A message that says nothing: tests add what they are about. */
export const EMPTY_MESSAGE: MailMessage = {
  path: '0',
  offset: 0,
  length: 0,
  sha256: 'a'.repeat(64) as Sha256,
  role: 'original',
  headers: [],
  from: null,
  replyTo: [],
  to: [],
  subject: null,
  dateText: null,
  date: null,
  messageId: null,
  parts: [],
  text: '',
  textFrom: 'none',
  route: [],
  forward: null,
  defects: [],
};
