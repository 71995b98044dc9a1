import type { OnDemand, Sha256 } from '../base/index.ts';
import type { HeaderField, Hop, MailMessage, MailPart } from './mail.ts';

type Given<Row> = {
  readonly [Name in keyof Row]: Name extends 'sha256'
    ? OnDemand<Sha256>
    : Name extends 'route'
      ? OnDemand<readonly Hop[]>
      : Row[Name];
};
type Sure = Exclude<keyof MailMessage, 'either' | 'quotes' | 'brings' | 'dateInterval' | 'banner'>;
type GivenMessage = Given<Required<Pick<MailMessage, Sure>>> & {
  readonly either: MailMessage['either'] | undefined;
  readonly quotes: MailMessage['quotes'] | undefined;
  readonly dateInterval: MailMessage['dateInterval'] | undefined;
};
type GivenPart = Given<Omit<MailPart, 'otherName'>> & { readonly otherName?: string | null };
type Open<Row> = { -readonly [Name in keyof Row]: Row[Name] };

/**
 * A message whose digest and route are worked out when they are first asked for: a third of the
 * work on a usual mail, and not every caller asks. Both are own, enumerable properties all the
 * same, so that JSON, copies and comparisons have them.
 */
export const messageOnDemand = (given: GivenMessage): MailMessage =>
  new LateMessage(given) as Partial<MailMessage> as MailMessage;

/** The same for the digest of a part. */
export const partOnDemand = (given: GivenPart): MailPart =>
  new LatePart(given) as Partial<MailPart> as MailPart;

/**
 * A field whose value is decoded when it is first asked for: servers write kilobytes of encoded
 * words for their own use, a seventh of some mail, and nobody reads them.
 */
export const fieldOnDemand = (
  name: string,
  value: OnDemand<string>,
  place: Pick<HeaderField, 'offset' | 'length'>,
): HeaderField => new LateField(name, value, place) as Partial<HeaderField> as HeaderField;

class LateField {
  static readonly #value: PropertyDescriptor & ThisType<LateField> = {
    enumerable: true,
    get() {
      return this.#text.get();
    },
  };
  readonly #text: OnDemand<string>;

  constructor(
    name: string,
    value: OnDemand<string>,
    { offset, length }: Pick<HeaderField, 'offset' | 'length'>,
  ) {
    this.#text = value;
    const own = this as Partial<Open<HeaderField>>;
    own.name = name;
    Object.defineProperty(this, 'value', LateField.#value);
    own.offset = offset;
    own.length = length;
  }
}

class LateMessage {
  // One accessor for all messages: one made for each would cost more memory than the message.
  static readonly #sha256: PropertyDescriptor & ThisType<LateMessage> = {
    enumerable: true,
    get() {
      return this.#digest.get();
    },
  };
  static readonly #route: PropertyDescriptor & ThisType<LateMessage> = {
    enumerable: true,
    get() {
      return this.#hops.get();
    },
  };
  readonly #digest: OnDemand<Sha256>;
  readonly #hops: OnDemand<readonly Hop[]>;

  constructor(given: GivenMessage) {
    this.#digest = given.sha256;
    this.#hops = given.route;
    const own = this as Partial<Open<MailMessage>>;
    own.path = given.path;
    own.offset = given.offset;
    own.length = given.length;
    Object.defineProperty(this, 'sha256', LateMessage.#sha256);
    own.role = given.role;
    own.headers = given.headers;
    own.from = given.from;
    own.authors = given.authors;
    own.replyTo = given.replyTo;
    own.to = given.to;
    own.subject = given.subject;
    own.dateText = given.dateText;
    own.date = given.date;
    own.messageId = given.messageId;
    own.parts = given.parts;
    own.text = given.text;
    own.textFrom = given.textFrom;
    Object.defineProperty(this, 'route', LateMessage.#route);
    own.forward = given.forward;
    own.defects = given.defects;
    if (given.either !== undefined) own.either = given.either;
    if (given.quotes !== undefined) own.quotes = given.quotes;
    if (given.dateInterval !== undefined) own.dateInterval = given.dateInterval;
  }
}

class LatePart {
  static readonly #sha256: PropertyDescriptor & ThisType<LatePart> = {
    enumerable: true,
    get() {
      return this.#digest.get();
    },
  };
  readonly #digest: OnDemand<Sha256>;

  constructor(given: GivenPart) {
    this.#digest = given.sha256;
    const own = this as Partial<Open<MailPart>>;
    own.path = given.path;
    own.contentType = given.contentType;
    own.charset = given.charset;
    own.charsetHow = given.charsetHow;
    own.charsetDeclared = given.charsetDeclared;
    own.encoding = given.encoding;
    own.fileName = given.fileName;
    own.disposition = given.disposition;
    own.offset = given.offset;
    own.length = given.length;
    own.bytes = given.bytes;
    Object.defineProperty(this, 'sha256', LatePart.#sha256);
    if (typeof given.otherName === 'string') own.otherName = given.otherName;
  }
}
