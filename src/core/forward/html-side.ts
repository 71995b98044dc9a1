import type { Kernels } from '../base/index.ts';
import { mayHide } from '../html/index.ts';
import { type HtmlPlace, placesInHtml } from './html-places.ts';
import type { InlineForward } from './inline-forward.ts';

/**
 * What a message's HTML shows of the forwards in its body. Looked into at need only: most forwards
 * can be judged without.
 */
export class HtmlSide {
  readonly #html: string | null;
  readonly #mail: { readonly forwards: readonly InlineForward[]; readonly subject: string | null };
  readonly #kernels: Kernels;
  #places: ReadonlyMap<InlineForward, HtmlPlace> | null = null;

  constructor(
    html: string | null,
    mail: { readonly forwards: readonly InlineForward[]; readonly subject: string | null },
    kernels: Kernels,
  ) {
    this.#html = html;
    this.#mail = mail;
    this.#kernels = kernels;
  }

  hides(forward: InlineForward): boolean {
    if (this.#html === null || !mayHide(this.#html)) return false;
    return this.#place(forward)?.hidden ?? false;
  }

  /** Does a web link stand above it that no mail program writes of its own accord? */
  hasLinksBefore(forward: InlineForward): boolean {
    if (this.#html === null) return false;
    const end = this.#place(forward)?.source.start ?? 0;
    for (const [, host = ''] of this.#html.slice(0, end).matchAll(WEB_TARGET))
      if (!CLIENT_HOSTS.has(host.toLowerCase())) return true;
    return false;
  }

  #place(forward: InlineForward): HtmlPlace | undefined {
    const { forwards, subject } = this.#mail;
    const html = this.#html ?? '';
    this.#places ??= placesInHtml(forwards, { html, subject }, this.#kernels);
    return this.#places.get(forward);
  }
}

const WEB_TARGET =
  /(?:\b(?:href|action)\s{0,9}=\s{0,9}["']?|\burl\(\s{0,9}["']?)\s{0,9}(?:https?:)?\/\/([^\s"'<>/?#:]{1,253})/gi;

/** In lines that phones and providers put under what a person writes ("Get Outlook for iOS"). */
const CLIENT_HOSTS: ReadonlySet<string> = new Set([
  ...['aka.ms', 'overview.mail.yahoo.com', 'mail.onelink.me', 'go.onelink.me', 'proton.me'],
  ...['protonmail.com', 'mail.aol.com', 'www.avg.com', 'www.avast.com', 's-install.avcdn.net'],
]);
