/** A value that is worked out when it is first asked for, once. What makes it is let go then. */
export class OnDemand<Value> {
  #make: (() => Value) | null;
  #value: Value | null = null;

  constructor(make: () => Value) {
    this.#make = make;
  }

  get(): Value {
    if (this.#make !== null) this.#value = this.#make();
    this.#make = null;
    return this.#value!;
  }
}
