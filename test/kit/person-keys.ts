import type { PersonKeys } from '../../src/core/exposure/index.ts';

/** An invented voter with no e-mail address on file, changed as a test needs. */
export const person = (change: Partial<PersonKeys> = {}): PersonKeys => ({
  first: 'ADA',
  last: 'WEXLOW',
  house: '12',
  street: 'ELM ST',
  city: 'GAINSHOLT',
  zip: '00412',
  email: '',
  ...change,
});
