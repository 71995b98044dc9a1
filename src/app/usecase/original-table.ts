import {
  compareText,
  type Instant,
  instantFromMilliseconds,
  millisecondsOf,
  type Sha256,
} from '../../core/base/index.ts';
import type { Delivery, HandingOn } from '../../core/letter/index.ts';
import type { Forward, Mailbox } from '../../core/mail/index.ts';
import type { MailPlace, OpenBecause } from '../stage/index.ts';
import { digestField, type Field, numberField, pooledField } from './columns.ts';

/** What the later steps need of one reported original: small, since a case can hold a million. */
export interface IndexedOriginal {
  readonly exhibit: Sha256;
  readonly path: string;
  readonly mail: MailPlace;
  readonly sha256: Sha256;
  readonly from: Mailbox | null;
  readonly subject: string | null;
  /** When its receiver recorded it, else when it claims to be written. */
  readonly at: Instant | null;
  readonly boundaryIp: string | null;
  readonly forward: Forward | null;
  /** What the `judge` finding says of it. */
  readonly judged: Judged;
  /** What name servers' answers say of it; null where none were asked for. */
  readonly checked: Checked | null;
  /** Lower-case addresses of those whom it shows as recipients. */
  readonly recipients: readonly string[];
  /** Null where another mail carries it. */
  readonly delivery: Delivery | null;
  /** What tells whether the mail around it hands it on; null where no mail does. */
  readonly handingOn: HandingOn | null;
  /** Who wrote the mail that it came in (`authorOf`). */
  readonly author: number;
}

/** Few of these differ, and many originals share one. */
export interface Judged {
  readonly kind: string;
  /** Why nothing in a whole copy tells. */
  readonly because?: OpenBecause;
  /** Its certainty is `probable`: something speaks for it, and nothing shows it. */
  readonly isProbable: boolean;
  readonly coercion: readonly string[];
}

/** One `authenticate` finding's words on an original, coarse enough that many share them. */
export interface Checked {
  readonly kind: string;
  readonly because?: OpenBecause;
  readonly isProbable: boolean;
  /** Day of the answers, YYYY-MM-DD; null where the checks asked nothing. */
  readonly asOf: string | null;
  readonly complete: boolean;
  readonly authorised: boolean;
  readonly signed: boolean;
  readonly unaltered: boolean;
  /** Asked so long after it arrived that a missing pass says little. */
  readonly late: boolean;
  readonly contradicted: boolean;
}

const UNJUDGED: Judged = { kind: 'undetermined', isProbable: false, coercion: [] };

/**
 * Originals by number, in columns: a third of what an object each would hold. What a row gives is
 * made when it is asked for; equal senders, subjects and recipients stand once.
 */
export interface OriginalTable {
  readonly count: number;
  /** Returns its number, counted from 0. A place that stands already keeps its number. */
  add(original: Omit<IndexedOriginal, 'judged' | 'checked'>): number;
  judge(original: number, judged: Judged): void;
  check(original: number, checked: Checked): void;
  find(exhibit: Sha256, path: string): number | null;
  at(original: number): IndexedOriginal;
  /** In the order of time, those without one last, then by exhibit and path. */
  inOrderOfTime(a: number, b: number): number;
}

const NO_TIME = Number.POSITIVE_INFINITY;

type Fields = { readonly [Name in keyof IndexedOriginal]: Field<IndexedOriginal[Name]> };

const asIs = <Text extends string | null>(text: Text): Text => text;

function createFields(times: Field<number>): Fields {
  return {
    exhibit: pooledField(asIs),
    path: textField(),
    mail: mailField(),
    sha256: digestField(),
    from: pooledField((mailbox) => JSON.stringify(mailbox)),
    subject: pooledField(asIs),
    at: {
      get: (at) => instantFromMilliseconds(times.get(at)),
      set: (at, instant) => times.set(at, instant === null ? NO_TIME : millisecondsOf(instant)),
    },
    boundaryIp: pooledField(asIs),
    forward: pooledField((forward) => JSON.stringify(forward)),
    judged: pooledField((judged) => JSON.stringify(judged)),
    checked: pooledField((checked) => JSON.stringify(checked)),
    recipients: pooledField((addresses) => JSON.stringify(addresses)),
    delivery: pooledField((delivery) => JSON.stringify(delivery)),
    handingOn: pooledField((handing) => JSON.stringify(handing)),
    author: numberField(Uint32Array),
  };
}

function textField(): Field<string> {
  const texts: string[] = [];
  return {
    get: (at) => texts[at] ?? '',
    set: (at, text) => {
      texts[at] = text;
    },
  };
}

function mailField(): Field<MailPlace> {
  const path = textField();
  const offset = numberField(Float64Array);
  const length = numberField(Float64Array);
  const bytes = pooledField<Pick<MailPlace, 'base' | 'transforms'>>(({ base, transforms }) =>
    JSON.stringify([base, transforms]),
  );
  return {
    get: (at) => ({
      path: path.get(at),
      ...bytes.get(at),
      offset: offset.get(at),
      length: length.get(at),
    }),
    set: (at, { base, transforms, ...mail }) => {
      path.set(at, mail.path);
      offset.set(at, mail.offset);
      length.set(at, mail.length);
      bytes.set(at, { base, transforms });
    },
  };
}

export function createOriginalTable(): OriginalTable {
  const times = numberField(Float64Array);
  const fields = createFields(times);
  const { exhibit: exhibits, path: paths } = fields;
  const slots = createSlots((original) => hashOf(exhibits.get(original), paths.get(original)));
  let count = 0;
  const find: OriginalTable['find'] = (exhibit, path) =>
    slots.find(
      hashOf(exhibit, path),
      (original) => paths.get(original) === path && exhibits.get(original) === exhibit,
    );
  return {
    get count() {
      return count;
    },
    add: (original) => {
      const { exhibit, path } = original;
      const standing = find(exhibit, path);
      const number = standing ?? count++;
      exhibits.set(number, exhibit);
      paths.set(number, path);
      // One text where they are equal: most mails are an original themselves.
      const { mail } = original;
      fields.mail.set(number, mail.path === path ? { ...mail, path } : mail);
      fields.sha256.set(number, original.sha256);
      fields.from.set(number, original.from);
      fields.subject.set(number, original.subject);
      fields.at.set(number, original.at);
      fields.boundaryIp.set(number, original.boundaryIp);
      fields.forward.set(number, original.forward);
      fields.judged.set(number, UNJUDGED);
      fields.checked.set(number, null);
      fields.recipients.set(number, original.recipients);
      fields.delivery.set(number, original.delivery);
      fields.handingOn.set(number, original.handingOn);
      fields.author.set(number, original.author);
      if (standing === null) slots.add(number);
      return number;
    },
    judge: fields.judged.set,
    check: fields.checked.set,
    find,
    at: (original) => new OriginalAt(fields, original),
    inOrderOfTime: (a, b) => {
      const [x, y] = [times.get(a), times.get(b)];
      if (x !== y) return x < y ? -1 : 1;
      return (
        compareText(exhibits.get(a), exhibits.get(b)) || compareText(paths.get(a), paths.get(b))
      );
    },
  };
}

/** Letters of an exhibit's digest that enter the hash: 32 bits of it. */
const DIGEST_LETTERS_HASHED = 8;

const hashOf = (exhibit: string, path: string): number =>
  hashText(path, Number.parseInt(exhibit.slice(0, DIGEST_LETTERS_HASHED), 16));

/** FNV-1a. */
function hashText(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

/**
 * A number for whoever a From line shows, the same for the same address in any case of letters: it
 * counts people, and a million of them take four bytes each.
 */
export const authorOf = (from: Mailbox | null): number =>
  hashText(from?.address.toLowerCase() ?? '', 0) >>> 0;

const FIRST_SLOTS = 1 << 10;
const LOAD_MAX = 0.5;

interface Slots {
  find(hash: number, isSought: (original: number) => boolean): number | null;
  add(original: number): void;
}

/** Open addressing over the originals' numbers; what they hash to is asked for when it grows. */
function createSlots(hashAt: (original: number) => number): Slots {
  let slots = new Int32Array(FIRST_SLOTS).fill(-1);
  let used = 0;
  const put = (original: number): void => {
    const mask = slots.length - 1;
    let slot = hashAt(original) & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = original;
  };
  return {
    find: (hash, isSought) => {
      const mask = slots.length - 1;
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const original = slots[slot] ?? -1;
        if (original < 0) return null;
        if (isSought(original)) return original;
      }
    },
    add: (original) => {
      if (used + 1 > slots.length * LOAD_MAX) {
        const standing = slots;
        slots = new Int32Array(standing.length * 2).fill(-1);
        for (const one of standing) if (one >= 0) put(one);
      }
      put(original);
      used++;
    },
  };
}

/** A number that reads like the original: a campaign can list all of them at once. */
class OriginalAt implements IndexedOriginal {
  readonly #fields: Fields;
  readonly #at: number;

  constructor(fields: Fields, at: number) {
    this.#fields = fields;
    this.#at = at;
  }

  get exhibit() {
    return this.#fields.exhibit.get(this.#at);
  }
  get path() {
    return this.#fields.path.get(this.#at);
  }
  get mail() {
    return this.#fields.mail.get(this.#at);
  }
  get sha256() {
    return this.#fields.sha256.get(this.#at);
  }
  get from() {
    return this.#fields.from.get(this.#at);
  }
  get subject() {
    return this.#fields.subject.get(this.#at);
  }
  get at() {
    return this.#fields.at.get(this.#at);
  }
  get boundaryIp() {
    return this.#fields.boundaryIp.get(this.#at);
  }
  get forward() {
    return this.#fields.forward.get(this.#at);
  }
  get judged() {
    return this.#fields.judged.get(this.#at);
  }
  get checked() {
    return this.#fields.checked.get(this.#at);
  }
  get recipients() {
    return this.#fields.recipients.get(this.#at);
  }
  get delivery() {
    return this.#fields.delivery.get(this.#at);
  }
  get handingOn() {
    return this.#fields.handingOn.get(this.#at);
  }
  get author() {
    return this.#fields.author.get(this.#at);
  }
}
