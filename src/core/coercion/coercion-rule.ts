/** What a rule finds; who is named (`CoercionSign`) is found by other means. */
export type RuleSign = 'threat' | 'demand' | 'deadline' | 'knowledge';

/** One wording to look for, in folded text (`foldForReading`). */
export interface CoercionRule {
  readonly sign: RuleSign;
  readonly language: 'en' | 'es';
  readonly code: string;
  /** An honest office or campaign writes it too: it counts beside another sign only. */
  readonly weak: boolean;
  /** It speaks only where the text names an election or its office too (`ELECTION_KEYS`). */
  readonly atElections: boolean;
  /** Lists of keys (`wordKeys`): one of each must occur. */
  readonly keys: readonly string[];
  readonly pattern: string;
}

/**
 * Code, keys (lists parted by ` + `), pattern; `weak` behind them where an honest mail says it too,
 * `vote` where it counts beside a word of elections only.
 */
export type RuleRow = readonly [
  code: string,
  keys: string,
  pattern: string,
  when?: 'weak' | 'vote',
];

/**
 * Rules of one sign in one language. Patterns run over folded text: lower case, no accents,
 * straight quotes, one blank for any white space. Gaps are bounded. `WE`, `OR_WE`, `YOU_WILL`,
 * `YOURS` and `VOTING` stand for their wordings below. The pattern can only match a text that holds
 * a key of each list: a key of three letters or fewer is the beginning of a word, a longer one a
 * whole word, `a_b` two words side by side, both whole; `$` is itself.
 */
export const rules = (
  sign: RuleSign,
  language: CoercionRule['language'],
  rows: readonly RuleRow[],
): readonly CoercionRule[] =>
  rows.map(([code, keys, pattern, when]) => ({
    ...{ sign, language, code, weak: when === 'weak', atElections: when === 'vote' },
    keys: keys.split(' + '),
    pattern: pattern.replace(/\b(?:WE|OR_WE|YOU_WILL|YOURS|VOTING)\b/g, (name) => WORDINGS[name]!),
  }));

const WORDINGS: Readonly<Record<string, string>> = {
  WE: "\\b(?:we|i)(?: will|'ll| shall|(?: are|'re| am|'m)? (?:going to|gonna))(?: all)?",
  // `or we stop you` says what `or we will stop you` says.
  OR_WE: "\\bor (?:we|i)(?: will|'ll| shall|(?: are|'re| am|'m)? (?:going to|gonna))?",
  YOU_WILL:
    "\\byou(?: all| both| people| guys| lot)?(?: will|'ll| shall|(?: are|'re)? (?:going to|gonna)| should| deserve to| ought to| need to| must)(?: all| both)?",
  YOURS:
    '\\byour (?:whole |entire |little )?(?:family|families|children|kids?|child|sons?|daughters?|wife|husband|mother|father|parents|loved ones)',
  VOTING:
    '(?:polls?|polling|precincts?|voting|voters?|ballots?|drop ?box(?:es)?|count(?:ing)?|elections?|electoral)',
};
