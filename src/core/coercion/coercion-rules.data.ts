import type { CoercionRule } from './coercion-rule.ts';
import { PRESSURE_EN } from './pressure-en.data.ts';
import { PRESSURE_ES } from './pressure-es.data.ts';
import { THREATS_EN } from './threats-en.data.ts';
import { THREATS_ES } from './threats-es.data.ts';
import { NEAR_EN, NEAR_ES } from './threats-near.data.ts';

/**
 * Wording of threats, demands, deadlines and claims of knowledge, in English and Spanish. Written
 * by hand after the mails and calls to voters of 2020, public court papers on threats to election
 * workers and common extortion mail; docs/methods/coercion.md holds the measured rates.
 */
export const COERCION_RULES: readonly CoercionRule[] = [
  ...THREATS_EN,
  ...NEAR_EN,
  ...PRESSURE_EN,
  ...THREATS_ES,
  ...NEAR_ES,
  ...PRESSURE_ES,
];

/** Words of elections and their offices, in both languages: one of them, for the rules that ask. */
export const ELECTION_KEYS =
  'vot ballot ballots poll polls polling election elections electoral clerk clerks precinct precincts certify certifies certified recount candidate candidates resign tabulation tabulators counting stop,the,your_count drop_box,boxes this,the_race traitor traitors treason your_registration,affiliation,party registered_as democrat democrats republican republicans afiliacion boleta boletas urna urnas casilla casillas eleccion elecciones candidato candidata renuncia renuncie renunciar acta actas conteo escrutinio traidor traidora traidores';
