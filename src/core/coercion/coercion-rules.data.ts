import type { CoercionRule } from './coercion-rule.ts';
import { PRESSURE_EN } from './pressure-en.data.ts';
import { PRESSURE_ES } from './pressure-es.data.ts';
import { THREATS_EN } from './threats-en.data.ts';
import { THREATS_ES } from './threats-es.data.ts';

/**
 * Wording of threats, demands, deadlines and claims of knowledge, in English and Spanish. Written
 * by hand after the mails and calls to voters of 2020, public court papers on threats to election
 * workers and common extortion mail; docs/methods/coercion.md holds the measured rates.
 */
export const COERCION_RULES: readonly CoercionRule[] = [
  ...THREATS_EN,
  ...PRESSURE_EN,
  ...THREATS_ES,
  ...PRESSURE_ES,
];
