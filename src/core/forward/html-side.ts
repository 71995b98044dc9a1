import type { Kernels } from '../base/index.ts';
import { type HtmlReading, mayHide, readHtml } from '../html/index.ts';
import { type HtmlPlace, headInHtml, placesInHtml, type SearchedHtml } from './html-places.ts';
import type { InlineForward } from './inline-forward.ts';
import { linkHosts } from './link-hosts.ts';

/**
 * What a message's HTML shows of the forwards in its body. Looked into at need only: most forwards
 * can be judged without.
 */
export class HtmlSide {
  readonly #body: SearchedHtml | null;
  readonly #forwards: readonly InlineForward[];
  readonly #kernels: Kernels;
  #places: ReadonlyMap<InlineForward, HtmlPlace> | null = null;
  #reading: HtmlReading | null = null;
  #first: { readonly head: Head | null } | null = null;

  constructor(
    body: Omit<SearchedHtml, 'html'> & { readonly html: string | null },
    forwards: readonly InlineForward[],
    kernels: Kernels,
  ) {
    const { html } = body;
    this.#body = html === null ? null : { ...body, html };
    this.#forwards = forwards;
    this.#kernels = kernels;
  }

  hides(forward: InlineForward): boolean {
    const body = this.#body;
    if (body === null || !mayHide(body.html)) return false;
    const head = this.#ownHead(forward, body);
    if (head !== null) return head.hidden;
    this.#reading ??= readHtml(body.html);
    return this.#reading.hidden.length > 0 && (this.#head(forward)?.hidden ?? false);
  }

  /** Hosts of the web links that stand above it. */
  linksBefore(forward: InlineForward): ReadonlySet<string> {
    if (this.#body === null) return NO_HOSTS;
    const { html } = this.#body;
    // Its sender's address stands in its first lines: whatever links stand above, stand above it.
    const address = forward.from?.address ?? '';
    const above = address === '' ? -1 : html.indexOf(address);
    const hosts = above < 0 ? NO_HOSTS : linkHosts(html.slice(0, above), 'markup');
    if (hosts.size > 0) return hosts;
    const start = this.#head(forward)?.start ?? 0;
    return start <= above ? NO_HOSTS : linkHosts(html.slice(0, start), 'markup');
  }

  /** Of the first forward, which most often stands near the top. */
  #ownHead(forward: InlineForward, body: SearchedHtml): Head | null {
    if (forward !== this.#forwards[0] || this.#places !== null) return null;
    this.#first ??= { head: headInHtml(forward, body) };
    return this.#first.head;
  }

  #head(forward: InlineForward): Head | null {
    const body = this.#body;
    if (body === null) return null;
    const head = this.#ownHead(forward, body);
    if (head !== null) return head;
    this.#reading ??= readHtml(body.html);
    this.#places ??= placesInHtml(this.#forwards, body, this.#kernels, this.#reading);
    const place = this.#places.get(forward);
    return place === undefined ? null : { start: place.source.start, hidden: place.hidden };
  }
}

type Head = Pick<HtmlPlace, 'hidden'> & { readonly start: number };

const NO_HOSTS: ReadonlySet<string> = new Set();
