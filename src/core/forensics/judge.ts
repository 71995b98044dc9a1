import type { Kernels, Limit } from '../base/index.ts';
import type { MailMessage, ShownBody } from '../mail/index.ts';
import {
  collectObservables,
  type Observable,
  type PictureCode,
  rememberingHostReader,
} from '../observables/index.ts';
import { type RouteOddity, routeOddities } from '../route/index.ts';
import type { Authentication } from './authentication.ts';
import { type CoercionNames, type CoercionReading, coercionReader } from './coercion.ts';
import { consumerProviders } from './consumer-provider.ts';
import { type HiddenText, hiddenTexts } from './hidden-text.ts';
import { type ProtectedHolder, protectedIndex } from './lookalike.ts';
import { type NetworkHint, type NetworkTable, networkHints } from './network-hint.ts';
import { judgeSender, type SenderVerdict } from './verdict.ts';

/** What an office tells the judge about itself; all of it may be empty. */
export interface JudgeSettings {
  readonly protectedHolders: readonly ProtectedHolder[];
  readonly coercionNames: CoercionNames;
  /** Tables for hints on addresses; none of them reaches the verdict. */
  readonly networks: readonly NetworkTable[];
  readonly kernels: Kernels;
  /** False leaves observables, oddities and hidden text out, for a stage that keeps none. */
  readonly observables?: boolean;
}

export interface JudgeInput {
  readonly message: MailMessage;
  /** Its bodies as a mail client shows them; a message that stands inline has its text only. */
  readonly bodies: readonly ShownBody[];
  readonly codes?: readonly PictureCode[];
  readonly authentication: Authentication;
}

/** Everything that one message shows about its sender, its contents and its pressure. */
export interface MessageJudgement {
  readonly authentication: Authentication;
  readonly verdict: SenderVerdict;
  readonly observables: readonly Observable[];
  readonly coercion: CoercionReading;
  /** For each hop of the route, in its order. */
  readonly networks: readonly (readonly NetworkHint[])[];
  /** What is odd in the route: clocks, forged hops. Hints, never proof. */
  readonly oddities: readonly RouteOddity[];
  /** Words that its HTML keeps from the reader. */
  readonly hidden: readonly HiddenText[];
  readonly limits: readonly Limit[];
}

/** Version of all methods below; a finding names it. */
export const JUDGE_VERSION = 'sender-verdict/3 observables/3 coercion/1';

/** Prepares lists and rules once; the function returned is pure and judges one message at a time. */
export function messageJudge(settings: JudgeSettings): (input: JudgeInput) => MessageJudgement {
  const protectedNames = protectedIndex(settings.protectedHolders);
  const consumerProvider = consumerProviders();
  const readCoercion = coercionReader(settings.coercionNames);
  const { kernels } = settings;
  const hosts = rememberingHostReader();
  return ({ message, bodies, codes, authentication }) => {
    const { observables, limits } =
      settings.observables === false
        ? { observables: [], limits: [] }
        : collectObservables({ message, bodies, kernels, hosts, codes: codes ?? [] });
    const oddities = routeOddities(message.route);
    return {
      authentication,
      verdict: judgeSender({ message, authentication, protectedNames, consumerProvider, oddities }),
      observables,
      coercion: readCoercion(message),
      networks: message.route.map(({ ip }) =>
        ip === null ? [] : networkHints(ip, settings.networks),
      ),
      oddities: settings.observables === false ? [] : oddities,
      hidden: settings.observables === false ? [] : hiddenTexts(bodies),
      limits,
    };
  };
}

/**
 * The bodies to search for each message of one reading.
 *
 * The HTML of a carrier with a forward inside belongs to the original as far as links go: they are
 * hidden behind the text that was forwarded. The carrier keeps its own words.
 */
export function bodiesOf(
  messages: readonly MailMessage[],
  shown: ReadonlyMap<string, readonly ShownBody[]>,
): ReadonlyMap<string, readonly ShownBody[]> {
  const carriers = new Set(
    messages.filter(({ path }) => INLINE.test(path)).map(({ path }) => path.replace(INLINE, '')),
  );
  const bodies = new Map<string, readonly ShownBody[]>();
  for (const { path, text } of messages) {
    const words: ShownBody = { path, kind: 'plain', text };
    const own = shown.get(path);
    if (own !== undefined && !carriers.has(path)) bodies.set(path, own);
    else if (own !== undefined) bodies.set(path, [words]);
    else {
      const carried = shown.get(path.replace(INLINE, '')) ?? [];
      bodies.set(path, [words, ...carried.filter(({ kind }) => kind === 'html')]);
    }
  }
  return bodies;
}

/** Messages that stand inline in a body have paths like `0.i`, `0.1.i2`, `0.i.i`. */
const INLINE = /(?:\.i\d*)+$/;
