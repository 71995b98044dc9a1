import type { Kernels, Limit } from '../base/index.ts';
import { type FileRisk, fileRisks } from '../carried-file/index.ts';
import { type CoercionNames, type CoercionReading, coercionReader } from '../coercion/index.ts';
import type { MailMessage, MessageContent, ShownBody } from '../mail/index.ts';
import { consumerProviders } from '../mail-services/index.ts';
import { type NetworkHint, type NetworkTable, networkHints } from '../networks/index.ts';
import {
  collectObservables,
  type HeldFiles,
  type Observable,
  type PictureCode,
  rememberingHostReader,
  unsearchedFiles,
} from '../observables/index.ts';
import { type RouteOddity, routeOddities } from '../route/index.ts';
import type { Authentication } from './authentication.ts';
import { type HiddenText, hiddenTexts } from './hidden-text.ts';
import { type ProtectedHolder, protectedIndex } from './lookalike.ts';
import type { Unsearched } from './unsearched.ts';
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

/** One message, and what was read or asked beside it. */
export interface JudgeInput {
  readonly message: MailMessage;
  /** Its bodies as a mail client shows them; a message that stands inline has its text only. */
  readonly bodies: readonly ShownBody[];
  readonly codes?: readonly PictureCode[];
  /** Its files, to be searched for observables. */
  readonly files?: HeldFiles | undefined;
  /** Lower-case addresses of those who handed it on. */
  readonly reporters?: readonly string[];
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
  /** Attached files that act when they are opened, or whose name deceives. */
  readonly riskyFiles: readonly FileRisk[];
  /** Attached files in which nothing was looked for. */
  readonly unsearched: readonly Unsearched[];
  readonly limits: readonly Limit[];
}

/**
 * Prepares lists and rules once; the function returned is pure and judges one message at a time.
 */
export function messageJudge(settings: JudgeSettings): (input: JudgeInput) => MessageJudgement {
  const protectedNames = protectedIndex(settings.protectedHolders);
  const consumerProvider = consumerProviders();
  const readCoercion = coercionReader(settings.coercionNames);
  const { kernels } = settings;
  const hosts = rememberingHostReader();
  return ({ message, bodies, codes, files, reporters, authentication }) => {
    const { observables, limits } =
      settings.observables === false
        ? { observables: [], limits: [] }
        : collectObservables({
            message,
            bodies,
            kernels,
            hosts,
            codes: codes ?? [],
            files,
            reporters: reporters ?? [],
          });
    const oddities = routeOddities(message.route, message.date);
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
      riskyFiles:
        settings.observables === false || files === undefined ? [] : fileRisks(files, kernels),
      unsearched:
        settings.observables === false || files === undefined ? [] : unsearchedIn(files, kernels),
      limits,
    };
  };
}

const unsearchedIn = (files: HeldFiles, kernels: Kernels): readonly Unsearched[] =>
  unsearchedFiles(files, kernels).map(({ part: { path, contentType }, for: sought }) => ({
    path,
    contentType,
    for: sought,
  }));

/**
 * The bodies to search for each message of one reading, from the contents by path.
 *
 * A message that stands inline has its words and its stretch of the HTML, where its links are
 * hidden behind the text; the carrier has the rest.
 */
export function bodiesOf(
  messages: readonly MailMessage[],
  contents: ReadonlyMap<string, Pick<MessageContent, 'bodies' | 'shares'>>,
): ReadonlyMap<string, readonly ShownBody[]> {
  const shares = new Map<string, readonly ShownBody[]>();
  for (const content of contents.values())
    for (const [path, pages] of content.shares?.() ?? []) shares.set(path, pages);
  const bodies = new Map<string, readonly ShownBody[]>();
  for (const { path, text } of messages) {
    const share = shares.get(path);
    const own = share === undefined ? contents.get(path)?.bodies : undefined;
    bodies.set(path, own ?? [{ path, kind: 'plain', text }, ...(share ?? [])]);
  }
  return bodies;
}

/** Lower-case From addresses of the mails that surely carry the message at this path. */
export const reportersOf = (
  path: string,
  messages: readonly Pick<MailMessage, 'path' | 'role' | 'either' | 'brings' | 'from'>[],
): readonly string[] =>
  messages.flatMap((message) =>
    message.role === 'carrier' &&
    message.either !== true &&
    message.brings === undefined &&
    path.startsWith(`${message.path}.`)
      ? message.from?.address.toLowerCase() || []
      : [],
  );
