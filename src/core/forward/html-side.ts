import type { Kernels } from '../base/index.ts';
import { mayHide } from '../html/index.ts';
import { type HtmlPlace, placesInHtml } from './html-places.ts';
import type { InlineForward } from './inline-forward.ts';
import { linkHosts } from './link-hosts.ts';

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

  /** Hosts of the web links that stand above it. */
  linksBefore(forward: InlineForward): ReadonlySet<string> {
    const end = this.#html === null ? 0 : (this.#place(forward)?.source.start ?? 0);
    return linkHosts(this.#html?.slice(0, end) ?? '', 'markup');
  }

  #place(forward: InlineForward): HtmlPlace | undefined {
    const { forwards, subject } = this.#mail;
    const html = this.#html ?? '';
    this.#places ??= placesInHtml(forwards, { html, subject }, this.#kernels);
    return this.#places.get(forward);
  }
}
