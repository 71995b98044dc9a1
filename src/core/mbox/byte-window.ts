/** The stretch of a stream that is still needed, addressed by stream offsets. */
export class ByteWindow {
  #store = new Uint8Array(65_536);
  #from = 0;
  #to = 0;
  /** Stream offset of the first byte that is kept. */
  start = 0;

  get end(): number {
    return this.start + this.#to - this.#from;
  }

  append(chunk: Uint8Array): void {
    this.#makeRoom(chunk.length);
    this.#store.set(chunk, this.#to);
    this.#to += chunk.length;
  }

  /** Forgets what lies before `offset`. */
  dropBefore(offset: number): void {
    if (offset <= this.start) return;
    const kept = Math.min(offset, this.end);
    this.#from += kept - this.start;
    this.start = kept;
  }

  /** A view, good until the next `append`. */
  view(from: number, to: number): Uint8Array {
    const shift = this.#from - this.start;
    return this.#store.subarray(from + shift, to + shift);
  }

  copy(from: number, to: number): Uint8Array {
    return this.view(from, to).slice();
  }

  /** 0 outside the window: no byte that the callers look for. */
  at(offset: number): number {
    if (offset < this.start || offset >= this.end) return 0;
    return this.#store[offset - this.start + this.#from] ?? 0;
  }

  #makeRoom(more: number): void {
    if (this.#to + more <= this.#store.length) return;
    const kept = this.#to - this.#from;
    // Moving is worth it while at least half of the store is free; else double.
    const large = kept + more > this.#store.length / 2;
    const store = large ? new Uint8Array(2 * (kept + more)) : this.#store;
    store.set(this.#store.subarray(this.#from, this.#to));
    this.#store = store;
    this.#from = 0;
    this.#to = kept;
  }
}
