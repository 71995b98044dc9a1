declare const brand: unique symbol;

/** A `Base` that only its parser can make: `Brand<string, 'Sha256'>`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
