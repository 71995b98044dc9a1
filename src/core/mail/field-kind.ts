/** Names in lower case by which fields are asked for; all but the first stand at most once. */
export const FIELD_KEYS = [
  ...['received', 'from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date'],
  ...['message-id', 'in-reply-to', 'references', 'mime-version', 'content-type'],
  ...['content-transfer-encoding', 'content-disposition', 'content-id'],
] as const;

type FieldKey = (typeof FIELD_KEYS)[number];

/** The number of a field: its place in `FIELD_KEYS`, by which `HeaderBlock.first` is asked. */
export const kindOf = (key: FieldKey): number => FIELD_KEYS.indexOf(key);

/** `HeaderBlock.first` of a block without fields. */
export const NO_FIELD_YET: readonly number[] = FIELD_KEYS.map(() => -1);
const KINDS: ReadonlyMap<string, number> = new Map(FIELD_KEYS.map((key, kind) => [key, kind]));

/** Names as they are usually written: no lower-case copy has to be made for each of them. */
const SPELLED: ReadonlyMap<string, number> = new Map(
  [
    ...['Received', 'From', 'To', 'Cc', 'CC', 'Subject', 'Date', 'Message-ID', 'Message-Id'],
    ...['Return-Path', 'Delivered-To', 'Reply-To', 'Sender', 'MIME-Version', 'Mime-Version'],
    ...['Content-Type', 'Content-Transfer-Encoding', 'Content-Disposition', 'Content-ID'],
    ...['In-Reply-To', 'References', 'Precedence', 'Errors-To', 'User-Agent', 'Status'],
    ...['DKIM-Signature', 'Authentication-Results', 'Received-SPF', 'ARC-Seal', 'List-Id'],
    ...['ARC-Message-Signature', 'ARC-Authentication-Results', 'List-Unsubscribe', 'List-Post'],
    ...['List-Help', 'List-Subscribe', 'List-Archive', 'List-ID', 'Feedback-ID', 'Importance'],
    ...['Organization', 'Delivery-Date', 'Thread-Index', 'Thread-Topic', 'Content-Language'],
  ].map((name) => [name, KINDS.get(name.toLowerCase()) ?? -1]),
);

/** -1: a field that nobody asks for by name. */
export const kindOfName = (name: string): number =>
  SPELLED.get(name) ?? KINDS.get(name.toLowerCase()) ?? -1;
