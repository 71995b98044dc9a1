import { describe, expect, test } from 'vitest';
import { proseOf } from '../../../test/kit/prose-of.ts';
import { grouped, type Instant } from '../base/index.ts';
import type { AnswerState, QuestionId } from './answer.ts';
import { QUESTIONS } from './answer.ts';
import { questionBoard } from './board.ts';
import { countedPersons } from './counting.ts';
import type { BoardFacts, CampaignFacts, CheckFacts } from './facts.ts';
import { wordingFaults } from './wording.ts';

const NOTHING: BoardFacts = {
  personalDataIncluded: false,
  exhibits: 0,
  unread: 0,
  originals: 0,
  letters: 0,
  either: { mails: 0, authors: 0, messages: 0 },
  intact: 0,
  degraded: 0,
  checks: null,
  unclustered: 0,
  exhibitSamples: [],
  campaigns: [],
  links: [],
  joined: [],
  exposure: null,
  accessLog: null,
  matches: null,
};

const C1: CampaignFacts = {
  id: 'a'.repeat(64),
  label: 'C1',
  originals: 412,
  distinctOriginals: 400,
  exhibits: 390,
  intact: 300,
  degraded: 112,
  distinctRecipients: 398,
  firstAt: '2020-10-20T13:00:00.000Z' as Instant,
  lastAt: '2020-10-21T22:00:00.000Z' as Instant,
  shownSenders: [{ address: 'info@group.example', messages: 412 }],
  inDoubt: 0,
  doubted: 0,
  authorsDoubted: 0,
  authorsInDoubt: 0,
  routes: [
    { ip: '192.0.2.10', messages: 200 },
    { ip: '198.51.100.7', messages: 100 },
  ],
  routesUnknown: 112,
  pressure: [
    { sign: 'threat', originals: 400 },
    { sign: 'knowledge', originals: 400 },
  ],
  templates: [
    {
      texts: 300,
      slots: [
        { type: 'person-name', distinct: 380 },
        { type: 'street-address', distinct: 376 },
        { type: 'number', distinct: 9 },
      ],
      spans: [],
    },
  ],
  checks: null,
  verdicts: [
    { kind: 'spoofed-domain', originals: 300, probable: 40 },
    { kind: 'undetermined', originals: 112, probable: 0 },
  ],
  wording: [{ shared: 'Vote or else,' }, { withheld: 4 }, { shared: 'we know' }],
};

const C2: CampaignFacts = {
  ...C1,
  id: 'b'.repeat(64),
  label: 'C2',
  originals: 9,
  distinctOriginals: 9,
  exhibits: 9,
  intact: 9,
  degraded: 0,
  distinctRecipients: 9,
  shownSenders: [{ address: 'other@mail.example', messages: 9 }],
  routes: [{ ip: '203.0.113.9', messages: 9 }],
  routesUnknown: 0,
};

const RICH: BoardFacts = {
  ...NOTHING,
  exhibits: 600,
  originals: 600,
  intact: 460,
  degraded: 140,
  unclustered: 179,
  exhibitSamples: ['e'.repeat(64)],
  campaigns: [C1, C2],
};

const CHECKS: CheckFacts = {
  checkable: 300,
  checked: 290,
  open: 10,
  authorised: 12,
  signed: 40,
  unaltered: 12,
  late: 3,
  contradicted: 2,
  firstDay: '2020-10-22',
  lastDay: '2020-10-23',
};
const ASKED: BoardFacts = {
  ...RICH,
  checks: { ...CHECKS, checkable: 460 },
  campaigns: [{ ...C1, checks: CHECKS }, C2],
};
const ALL_ASKED: BoardFacts = {
  ...RICH,
  checks: { ...CHECKS, checked: 460, checkable: 460, open: 0 },
};

const ONE: BoardFacts = { ...RICH, originals: 412, unclustered: 0, campaigns: [C1] };
const ONLY_C2: BoardFacts = { ...RICH, originals: 9, unclustered: 0, campaigns: [C2] };
const INLINE_ONLY: BoardFacts = {
  ...ONE,
  intact: 0,
  degraded: 412,
  campaigns: [{ ...C1, intact: 0, degraded: 412, routes: [], routesUnknown: 412 }],
};
const LONE: BoardFacts = { ...RICH, originals: 3, unclustered: 3, campaigns: [] };
const SINGLE: BoardFacts = { ...LONE, originals: 1, intact: 1, degraded: 0, unclustered: 1 };
const LONE_INLINE: BoardFacts = { ...LONE, intact: 0, degraded: 3 };

const CASES: readonly (readonly [string, BoardFacts])[] = [
  ['nothing', NOTHING],
  ["name servers' answers", ASKED],
  ['two campaigns', RICH],
  ['one campaign', ONE],
  ['a small campaign', ONLY_C2],
  ['inline forwards only', INLINE_ONLY],
  ['lone originals', LONE],
  ['lone inline forwards', LONE_INLINE],
  ['one original', SINGLE],
  ['one inline forward', { ...SINGLE, intact: 0, degraded: 1 }],
  ['a campaign without senders', { ...ONE, campaigns: [{ ...C1, shownSenders: [] }] }],
  ['fields shown and none claimed', { ...ONE, campaigns: [{ ...C1, pressure: [], wording: [] }] }],
];

function answerIn(facts: BoardFacts, question: QuestionId) {
  const answer = questionBoard(facts).find((each) => each.question === question);
  if (answer === undefined) throw new Error(`no answer to ${question}`);
  return answer;
}

describe("what would settle a check by name servers' answers", () => {
  const toSettle = (facts: BoardFacts): string =>
    ['real', 'sender']
      .flatMap((question) => answerIn(facts, question as QuestionId).wouldChange)
      .join(' ');

  test('is the very command, as long as something waits for it', () => {
    expect(toSettle(RICH)).toContain('tocsin investigate --case DIR --dns live');
    expect(toSettle(ASKED)).toMatch(/for the 170 originals that still wait .* --dns live/);
  });

  test('is nothing where all was asked, or no copy can be checked', () => {
    expect(toSettle(ALL_ASKED)).not.toContain('--dns');
    expect(toSettle(INLINE_ONLY)).not.toContain('--dns');
  });
});

describe('the question board', () => {
  test.each(CASES)('with %s asks all eleven questions in order', (_, facts) => {
    expect(questionBoard(facts).map((answer) => answer.question)).toEqual([...QUESTIONS]);
  });

  test('with no evidence every answer is unknown and claims nothing', () => {
    for (const answer of questionBoard(NOTHING)) {
      expect([answer.question, answer.state, answer.confidence, answer.evidence]).toEqual([
        answer.question,
        'unknown',
        null,
        [],
      ]);
    }
  });

  test.each<[QuestionId, AnswerState, BoardFacts, RegExp]>([
    ['real', 'partly', RICH, /460 are held as exact bytes and 140 only as quoted/],
    ['real', 'partly', ONE, /412 of 412 share their wording/],
    ['real', 'partly', INLINE_ONLY, /None of the reported originals \(412\) is held/],
    ['real', 'partly', LONE, /No two of them share/],
    ['real', 'unknown', LONE_INLINE, /No wording arrived in more than one exhibit/],
    ['sender', 'partly', RICH, /shows info@group\.example\. That line can be typed by anyone/],
    ['sender', 'partly', RICH, /300 of 412 .* recorded a connection from one of 2 addresses/],
    ['sender', 'partly', ONLY_C2, /from one address \(203\.0\.113\.9\): a machine, not a person/],
    ['sender', 'partly', RICH, /Name servers: No name server was asked/],
    ['sender', 'partly', ASKED, /answers of 2020-10-22 and 2020-10-23, .* vouched for 12 of 300/],
    ['sender', 'partly', ASKED, /A missing pass is no sign of forgery by itself/],
    ['sender', 'partly', ASKED, /10 checks were not carried out to the end/],
    ['sender', 'partly', ASKED, /In 2 they contradict what the recipient's own server recorded/],
    ['real', 'partly', ASKED, /40 of 300 exact copies bear a signature; .* it holds on 12:/],
    ['sender', 'unknown', INLINE_ONLY, /No copy held here carries a connection/],
    [
      'sender',
      'unknown',
      LONE,
      /No two originals share .* "tocsin examine FILE" shows the route of one/,
    ],
    ['operation', 'partly', RICH, /421 of 600 originals fall into 2 groups .* 179 stand alone/],
    ['operation', 'partly', RICH, /No two campaigns share a sign/],
    ['operation', 'partly', ONE, /412 of 412 originals share one wording\.$/],
    ['operation', 'unknown', LONE, /No two originals share their wording/],
    ['targets', 'unknown', RICH, /name 398 recipient addresses\. Who reports is not who/],
    [
      'data-held',
      'partly',
      RICH,
      /name \(380 different\) and street address \(376 different\)\. Whoever/,
    ],
    [
      'data-held',
      'unknown',
      { ...RICH, campaigns: [{ ...C2, templates: [] }] },
      /No field that differs/,
    ],
    ['data-source', 'unknown', RICH, /No list, release record or access log/],
    ['size', 'unknown', RICH, /412 reported, 400 different, .* a floor and not the size/],
    ['claim-true', 'unknown', RICH, /not been taken apart/],
    ['actor', 'unknown', RICH, /No statement by anyone/],
    ['motive', 'unknown', RICH, /No statement by anyone/],
    ['voters-now', 'unknown', RICH, /No official statement is on file/],
  ])('%s is %s when the findings say so', (question, state, facts, text) => {
    const answer = answerIn(facts, question);
    expect(answer.state).toBe(state);
    expect(proseOf(answer)).toMatch(text);
  });

  test('strong links are named with their sign, weak ones counted, pairs of two signs held together', () => {
    const strong = { kind: 'url-host', strength: 'strong', campaigns: ['C1', 'C2'] } as const;
    const weak = { kind: 'origin-host', strength: 'weak', campaigns: ['C1', 'C2'] } as const;
    const text = (links: BoardFacts['links'], joined: BoardFacts['joined'] = []): string =>
      answerIn({ ...RICH, links, joined }, 'operation').text;
    expect(text([strong, weak])).toMatch(
      /Linked: C1 and C2 by a host in their links\. .* 1 weaker sign, which strangers share, stands/,
    );
    expect(text([strong])).not.toContain('hold together');
    expect(text([strong, strong], [['C1', 'C2']])).toContain('hold together: C1 with C2.');
    expect(text([weak])).toMatch(/No two campaigns share a sign .* 1 weaker sign/);
  });

  test.each([
    ['as exact bytes', SINGLE],
    ['as a quoted copy', { ...SINGLE, intact: 0, degraded: 1 }],
  ])('one original alone, held %s, is one on every line', (_, facts) => {
    const board = questionBoard(facts).map(proseOf).join(' ');
    expect(board).toMatch(/The one reported original is (not )?held as exact bytes/);
    expect(board).not.toMatch(/No reported original|No two|of them share|No wording|All reported/);
  });

  test('who sent it says what the header lines show, kind by kind', () => {
    const text = proseOf(answerIn({ ...RICH, campaigns: [C1] }, 'sender'));
    expect(text).toMatch(/300 of 412: the address shown .*, 40 of them probable/);
    expect(text).toContain('112 of 412: the copy held cannot tell');
    const open = {
      kind: 'undetermined',
      because: 'hired-service',
      originals: 3,
      probable: 0,
    } as const;
    const facts = { ...RICH, campaigns: [{ ...C1, verdicts: [open] }] };
    expect(proseOf(answerIn(facts, 'sender'))).toContain(
      '3 of 412: it was sent by a service that anybody may hire',
    );
  });

  test('a field that the wording only speaks of is claimed, not shown', () => {
    const wording = [
      { shared: 'we have your information (email, address, telephone... everything)' },
    ];
    const text = proseOf(answerIn({ ...RICH, campaigns: [{ ...C1, wording }] }, 'data-held'));
    expect(text).toContain(
      'Only claimed in the wording, not shown: e-mail address, telephone number and everything',
    );
    expect(text).not.toContain('number (9');
  });

  test('one wording under several shown senders is said', () => {
    const twins = { ...C1, shownSenders: [...C1.shownSenders, ...C2.shownSenders] };
    const facts = { ...RICH, campaigns: [twins] };
    expect(answerIn(facts, 'operation').text).toMatch(/In C1 one wording came under 2 shown/);
    expect(answerIn(facts, 'sender').text).toMatch(/and 1 other address in other copies/);
  });

  test('a shown sender cannot put a sentence into the answer', () => {
    const address = 'x. The office confirms that it is genuine <a@b.example>';
    const facts = {
      ...RICH,
      campaigns: [{ ...C1, shownSenders: [{ address, messages: 1 }] }],
    };
    expect(proseOf(answerIn(facts, 'sender'))).not.toContain('office confirms');
  });

  test.each(CASES)(
    'with %s no machine answers, and every answer says what settles it',
    (_, facts) => {
      for (const answer of questionBoard(facts)) {
        expect(['unknown', 'partly']).toContain(answer.state);
        if (answer.state === 'partly') expect(answer.evidence).not.toEqual([]);
        expect(answer.confidence === null).toBe(answer.state === 'unknown');
        expect(answer.basis).not.toBe('');
        expect(answer.wouldChange.length).toBeGreaterThan(0);
      }
    },
  );

  test.each(CASES)('with %s every sentence passes the wording rules', (_, facts) => {
    for (const { asks, text, points, basis, wouldChange } of questionBoard(facts)) {
      const parts = points.flatMap(({ about, says }) => [about, ...says]);
      for (const prose of [asks, text, ...parts, basis, ...wouldChange]) {
        expect(wordingFaults(prose)).toEqual([]);
        expect(prose).not.toMatch(/undefined|NaN|null|\s{2}| no no /);
      }
    }
  });

  test('evidence leads to the campaigns, or to exhibits where there are none', () => {
    expect(answerIn(RICH, 'sender').evidence).toEqual([{ kind: 'campaign', id: C1.id }]);
    expect(answerIn(LONE, 'real').evidence).toEqual([{ kind: 'exhibit', id: 'e'.repeat(64) }]);
  });
});

describe('messages that their mail may have made up', () => {
  const either = { mails: 700, authors: 1, messages: 700 };
  const unsure: CampaignFacts = {
    ...C1,
    label: 'C2',
    id: 'c'.repeat(64),
    originals: 0,
    inDoubt: 700,
    authorsInDoubt: 1,
    shownSenders: [],
    routes: [],
    routesUnknown: 700,
  };
  const links: BoardFacts['links'] = [
    { kind: 'url-host', strength: 'strong', campaigns: ['C1', 'C2'] },
  ];
  const sure = { ...ONLY_C2, campaigns: [{ ...C2, label: 'C1' }] };
  const facts: BoardFacts = {
    ...sure,
    either,
    links,
    joined: [['C1', 'C2']],
    campaigns: [...sure.campaigns, unsure],
  };

  test('answer no question beside a sure original, however many they are', () => {
    const withoutLine = (board: ReturnType<typeof questionBoard>) =>
      board.map((answer) => ({
        ...answer,
        wouldChange: answer.wouldChange.filter((each) => !each.startsWith('In whose mailbox')),
        text: answer.text.replace(/ Not counted: [^.]*\.( Whoever reports [^.]*\.)?/, ''),
      }));
    expect(withoutLine(questionBoard(facts))).toEqual(questionBoard(sure));
  });

  test('without a sure original leave all open but what a server recorded', () => {
    const routed = { ...unsure, label: 'C1', routes: C1.routes, routesUnknown: 600 };
    const none = { ...facts, originals: 0, intact: 0, links: [], joined: [], campaigns: [routed] };
    const board = questionBoard(none);
    const stated = board.filter(({ state }) => state !== 'unknown');
    expect(stated.map(({ question }) => question)).toEqual(['sender']);
    expect(stated[0]?.text).toMatch(
      /^No reported original here is sure\. In campaign C1, no From line can be counted: .* In 100 of 700 messages the recipient's/,
    );
    expect(proseOf(board[0]!)).toMatch(/sure\. Not counted: 700 messages in 700 mails by 1 author/);
    for (const { text } of board) expect(wordingFaults(text)).toEqual([]);
  });
});

describe('counts of persons', () => {
  test.each([
    [0, false, '0'],
    [1, false, 'fewer than 11'],
    [10, false, 'fewer than 11'],
    [11, false, '11'],
    [10, true, '10'],
    [12_345, false, '12,345'],
  ])('%i, personal data included: %s', (value, included, text) => {
    expect(countedPersons(value, included)).toBe(text);
  });

  test('mails that can be read either way are named where originals are counted', () => {
    const either = { mails: 2, authors: 1, messages: 3 };
    const answers = questionBoard({ ...ONLY_C2, either });
    const [real, , , , , , size] = answers.map(proseOf);
    const line = 'Not counted: 3 messages in 2 mails by 1 author, which can be read either way';
    expect(real).toContain(line);
    expect(answerIn({ ...ONLY_C2, either }, 'real').wouldChange[0]).toMatch(
      /^In whose mailbox the 2 mails came .* --office where it does not name every address/,
    );
    expect(size).toContain(line);
    expect(wordingFaults(real ?? '')).toEqual([]);
    expect(questionBoard(ONLY_C2).map(proseOf).join(' ')).not.toContain('either way');
  });

  test('nine recipients stay coarse on the board', () => {
    const text = questionBoard(ONLY_C2).map(proseOf);
    expect(text.join(' ')).toContain('name fewer than 11 recipient addresses');
    expect(text.join(' ')).not.toMatch(/\b9 recipient|addresses: 9\b/);
    const included = questionBoard({ ...ONLY_C2, personalDataIncluded: true });
    expect(included.map(proseOf).join(' ')).toContain('name 9 recipient addresses');
  });
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('%i reads %s', (value, text) => {
  expect(grouped(value)).toBe(text);
});
