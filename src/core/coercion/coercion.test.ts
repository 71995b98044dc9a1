import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../../../test/kit/any-text.ts';
import {
  COERCION_HINTS_MAX,
  COERCION_TEXT_MAX,
  coercionReader,
  foldForReading,
  wholeWords,
} from './coercion.ts';
import { COERCION_RULES } from './coercion-rules.data.ts';
import { wordKeys, wordMarks } from './word-marks.ts';

const reader = coercionReader({
  groups: ['Proud Example Boys'],
  candidatesAndParties: ['Alex Sample'],
});
/** One sentence for each rule. */
const SAMPLES: readonly string[] = [
  'We will come after you.',
  'We are going to hurt your family.',
  'We will find you.',
  'We are coming to kill you.',
  'Somebody should hang you.',
  'Hang her.',
  'You will be shot.',
  'Your kids get what is coming to them.',
  'Your children will not be safe.',
  'You will not make it to your car.',
  'A man will put a bullet in your head.',
  'They slit your throat.',
  'I hope you die.',
  'Go kill yourself.',
  'Your days are numbered.',
  'Watch your back.',
  'You and your family will be dealt with.',
  'It would be a shame if something happened to her.',
  'We are coming to your house.',
  'We burn that office down.',
  'There is a bomb in the polling place.',
  'White powder is in the envelopes.',
  'ICE agents will be at every polling place.',
  'We will be armed.',
  'Police will be at the polls to arrest you.',
  'You will be arrested.',
  'Your data goes to the police to track old warrants.',
  'Agents will knock on your door.',
  'Vote or you will be evicted.',
  'We will publish your home address.',
  'Your address is going online.',
  'Pay or else.',
  'If you do not send it today, we will tell everyone.',
  'This is your final warning.',
  'You will face the consequences if you vote.',
  'You will regret it.',
  'You traitors will be in the ground.',
  'I bring my rifle to the polls.',
  'A bomb goes off at the polls.',
  'They should burn the ballots.',
  'The clerk: we put you in the ground.',
  'Vote, and immigration will be at your door.',
  'They are coming for all of you vote counters.',
  'Vote or get a visit from our boys.',
  'Vote: they go to your boss unless you pay.',
  'Voters, you have been warned.',
  'Vamos a ir por ti.',
  'Te vamos a encontrar.',
  'Te vamos a hacer daño.',
  'Le pegamos un tiro.',
  'Te va a pasar algo malo.',
  'Vamos a quemar tu casa.',
  'Hay una bomba en la casilla.',
  'O te arrepentirás.',
  'Es la última advertencia.',
  'Aténgase a las consecuencias.',
  'Tu familia pagará.',
  'Los que voten serán deportados.',
  'La migra estará en las urnas.',
  'La policía estará en las urnas para arrestar a todos.',
  'Entregamos sus nombres a inmigración.',
  'Cuídate la espalda.',
  'Iremos a tu casa.',
  'Vas a morir.',
  'Publicaremos su dirección.',
  'Perderá su trabajo.',
  'El que vote acaba en una zanja.',
  'Te vamos a partir la cara.',
  'Te vamos a quemar la casa.',
  'Vota o llamamos a la migra.',
  'Si votas, no vuelves a tu casa.',
  'Si votas, te vas a quedar sin trabajo.',
  'You must vote.',
  'Vote for Sample.',
  'Do not vote.',
  'Change your party affiliation.',
  'You will comply.',
  'Send $500.',
  'Send 500 dollars in bitcoin.',
  'Resign.',
  'Debe votar.',
  'Vota por ella.',
  'No votes.',
  'Cambie su afiliación.',
  'Envíe 500 dólares.',
  'Envíe 500 dólares en bitcoin.',
  'Within 24 hours.',
  'By Tuesday.',
  'This is the last chance.',
  'En las próximas 48 horas.',
  'Antes del martes.',
  'Es la última oportunidad.',
  'We are in possession of your data.',
  'We have all your information.',
  'We have your file.',
  'I recorded you.',
  'We know where you live.',
  'We gained access into your account.',
  'You are currently registered as a member.',
  'We are watching you.',
  'Estamos en posesión de sus datos.',
  'Tenemos todos sus datos.',
  'Tenemos sus archivos.',
  'Sabemos dónde vives.',
  'Tenemos fotos de tus hijos y tu voto.',
  'Hemos obtenido acceso a todo.',
  'Está registrado como votante.',
  'Te estamos vigilando.',
];
const read = (text: string) => reader({ subject: null, text });

describe('wording that presses a voter', () => {
  test.each<[string, string[]]>([
    [
      'You will vote for Pat Sample on Election Day or we will come after you.',
      ['threat en.come-after-you', 'threat en.or-we-will', 'demand en.you-will', 'candidate shown'],
    ],
    [
      'We are in possession of all your information (email, address, telephone, everything).',
      ['knowledge en.in-possession'],
    ],
    [
      'You are currently registered as a Democrat.',
      ['knowledge en.registered-as', 'candidate named'],
    ],
    ['we have gained access into the entire voting infrastructure', ['knowledge en.access']],
    [
      'Change your party affiliation and let us know you will comply.',
      ['demand en.change-party', 'demand en.comply'],
    ],
    ['We will know which candidate you voted for.', ['knowledge en.know-you']],
    ['I would take this seriously if I were you.', ['threat en.warning']],
    [
      'Send $500 in bitcoin within 48 hours',
      ['demand en.pay', 'demand en.ransom', 'deadline en.within'],
    ],
    ['We know where you live.', ['knowledge en.know-you']],
    ['Estamos en posesión de todos sus datos.', ['knowledge es.in-possession']],
    [
      'Debe votar por Alex Sample o iremos por usted.',
      ['demand es.you-will', 'threat es.come-after-you', 'candidate named', 'candidate shown'],
    ],
    [
      'Sabemos dónde vives. Es la última advertencia.',
      ['knowledge es.know-you', 'threat es.warning'],
    ],
    ['Tiene 24 horas. No vote.', ['deadline es.within', 'demand es.do-not-vote']],
    ['We are the Proud Example Boys', ['group named', 'group shown']],
    ['Please do vote for Issue 2, or vote for Measure B.', ['demand en.vote-for']],
    [
      'Stay away from the polls. Armed men will be waiting there.',
      ['demand en.do-not-vote', 'threat en.armed-at-the-polls'],
    ],
    [
      "We're gonna find you. We got ur address.",
      ['threat en.will-find', 'knowledge en.have-your-data'],
    ],
    [
      'ICE estará en las urnas. No vayan a votar.',
      ['threat es.at-the-polls', 'demand es.do-not-vote'],
    ],
  ])('%s', (text, expected) =>
    expect(
      read(text)
        .hints.map((hint) => `${hint.sign} ${hint.code}`)
        .sort(),
    ).toEqual(expected.sort()),
  );

  test.each([
    'Polls are open from 7 am to 8 pm. Bring an identification.',
    'Your mail ballot was received and will be counted.',
    'If you do not see the button, we will be happy to help.',
    'Las urnas abren a las siete. Traiga una identificación.',
    'We will let you know the results tomorrow.',
    'If you do not vote, nothing happens. You must register before October 5.',
    'Please bring your ID. Or else call the clerk.',
    'If you do not return this card, we will send you another notice within 30 days.',
    'Citizens who do not vote may be asked to confirm their address.',
    'You will need to register or we will have to place your form on hold.',
    "Vote by 7 pm. If you don't vote, we will lose.",
    'If we do not vote now, we will all suffer.',
    'You will die laughing at this show, and you will not regret the trip.',
    'Police officers will direct traffic near the school.',
    'Or else, if you like, come to the parade.',
    'You must vote by Tuesday.',
    'Send $20 before midnight.',
    'Your children will be safe during the drill.',
    'You could be arrested if you take a ballot from the room.',
    'Vamos por ti el domingo. Tu familia está invitada.',
  ])('ordinary wording is no hint: %s', (text) =>
    expect(read(text)).toMatchObject({ triage: 'none' }),
  );

  test('the subject is read too', () => {
    const { hints, triage } = reader({ subject: 'Vote or else', text: 'We know where you live' });
    expect(hints.map(({ where, words }) => [where, words])).toEqual([
      ['subject', 'or else'],
      ['text', 'We know where you'],
    ]);
    expect(triage).toBe('first');
  });

  test('triage: a threat with a demand comes first', () => {
    expect(read('You must vote. You have been warned.').triage).toBe('first');
    expect(read('This is your final warning.').triage).toBe('soon');
    expect(read('Do not vote before Tuesday.').triage).toBe('soon');
    expect(read('We know where you live.').triage).toBe('soon');
    expect(read('We have your ballot. You must sign it by Tuesday.').triage).toBe('none');
    expect(read('Vote for Alex Sample.').triage).toBe('none');
  });

  test.each([
    ['zero-width blanks', 'We w\u200bill co\u200cme after y\u2060ou.'],
    ['soft hyphens', 'We will come af\u00adter you.'],
    ['letters of another script', 'We will c\u043eme \u0430fter you.'],
  ])('%s hide no threat, and the place is that of the words', (_, words) => {
    const text = `Hello. ${words} Bye.`;
    const [hint] = read(text).hints;
    expect(hint?.code).toBe('en.come-after-you');
    expect(text.slice(hint?.start, hint?.end)).toBe(words.slice(0, -1));
  });

  test('hints show the words as they stand, disguised or not', () => {
    const text = 'Café.  WE’LL\u00a0FIND YOU\nsoon';
    const [hint] = read(text).hints;
    expect(hint?.words).toBe('WE’LL\u00a0FIND YOU');
    expect(text.slice(hint?.start, hint?.end)).toBe(hint?.words);
  });

  test('an ordinary notice of an office is not to be read first', () => {
    const notice =
      'Dear voter, Election Day is November 3. Please bring your ID. We will follow up with you by ' +
      'mail if information is missing. Or else call the clerk. If you do not vote, nothing happens. ' +
      'You must register before October 5. Return your ballot by Tuesday or we will be unable to count it.';
    expect(read(notice)).toMatchObject({ triage: 'none', signs: ['deadline'] });
  });

  test('words of violence near the reader threaten at elections only', () => {
    const words = 'All of you traders get shot';
    expect(read(`${words}.`).triage).toBe('none');
    expect(read(`${words}. Stop the count.`).triage).toBe('soon');
    expect(reader({ subject: 'Your election', text: words }).triage).toBe('soon');
    expect(read('Police will not be at your door when you vote.').triage).toBe('none');
  });

  test('a threat that somebody tells of is not to be read first', () => {
    const said = 'we will come after you. Do not vote.';
    expect(read(said).triage).toBe('first');
    expect(read(`Beware of mails. One says: "${said}"`).triage).toBe('soon');
  });

  test('the same words still threaten where no office would use them', () => {
    for (const text of [
      'You must register as a Republican or else.',
      'Vote for her. Or else we will come.',
      'Comply, change your registration, or face the consequences.',
      'Do not vote. If you do not comply, we will send your photos to your family.',
    ])
      expect(read(text).triage).toBe('first');
  });

  test('hints begin and end with a word, names end with their sentence', () => {
    const words = (text: string) => read(text).hints.map(({ words: said }) => said);
    expect(words('Pay. Vote for Alexandra.')).toEqual(['Vote for Alexandra', 'Alexandra']);
    expect(words('Somos los Proud Boys. Cambie su afiliación.')).toEqual([
      'Proud Boys',
      'Cambie su afiliación',
    ]);
    expect(words('We are the Sons of St. Example. Pay.')).toEqual(['Sons of St. Example']);
    expect(words('vote for J. Q. Sample!')).toEqual(['vote for J', 'J. Q. Sample']);
    expect(words('¡Tiene 24 horas. ¡No vote!')).toEqual(['Tiene 24 horas', 'No vote']);
  });

  test('folding keeps the length of any text', () => {
    fc.assert(fc.property(anyText(), (text) => foldForReading(text).length === text.length));
  });

  test('every rule has a code of its own, and keys of letters', () => {
    const codes = COERCION_RULES.map((row) => `${row.sign}.${row.language}.${row.code}`);
    expect(new Set(codes).size).toBe(codes.length);
    const keys = COERCION_RULES.flatMap((row) => row.keys.flatMap((list) => list.split(' ')));
    expect(keys.filter((key) => !/^(?:[a-z]+|\$|[a-z,]+[_~][a-z,#]+)$/.test(key))).toEqual([]);
  });

  test('keys never hide a match: with and without them the rules find the same', () => {
    // Fast-check writes texts that a pattern without its assertions matches.
    const wordings = COERCION_RULES.map(({ pattern }) =>
      fc
        .stringMatching(new RegExp(`^(?:${withoutAssertions(pattern)})$`))
        .map((words) => words.slice(0, 150)),
    );
    const texts = fc
      .tuple(
        fc.oneof(...wordings),
        fc.oneof(...wordings),
        fc.constantFrom('. ', ' ', ', I ', '; 1 '),
      )
      .map(([one, two, gap]) => `${one}${gap}${two} \n Ballot`);
    let found = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const folded = foldForReading(text);
        const bare = COERCION_RULES.flatMap(({ language, code, pattern }) =>
          [...folded.matchAll(new RegExp(pattern, 'g'))].flatMap(({ 0: hit, index }) => {
            const { start, end } = wholeWords(text, index, index + hit.length);
            return hit === '' ? [] : [`${start} ${language}.${code} ${end - start}`];
          }),
        );
        const hints = read(text).hints.filter(({ code }) => code.includes('.'));
        const told = hints.map(({ start, end, code }) => `${start} ${code} ${end - start}`);
        expect(told.toSorted()).toEqual(bare.toSorted());
        found += told.length;
      }),
      { numRuns: 400, seed: 2020 },
    );
    expect(found).toBeGreaterThan(300);
  });

  test.each(COERCION_RULES.map((row) => [`${row.sign} ${row.language}.${row.code}`, row] as const))(
    'what %s matches holds its keys',
    (_, { pattern, keys }) => {
      const groups = keys.map(wordKeys);
      const marks = wordMarks();
      const wordings = fc.stringMatching(new RegExp(`^(?:${withoutAssertions(pattern)})$`));
      const without = fc.sample(wordings, { numRuns: 150, seed: 2020 }).find((text) => {
        const folded = foldForReading(text);
        marks.mark(folded);
        return new RegExp(pattern).test(folded) && !marks.hasOneOfEach(groups);
      });
      expect(without).toBeUndefined();
    },
  );

  test('no rule is passed over for want of a key: the corpus of these tests finds the same', () => {
    // In two texts: one holds more hints than are kept.
    const halves = [SAMPLES.slice(0, 45), SAMPLES.slice(45)].map((some) => some.join('\n'));
    const found = halves.flatMap((half) => read(half).hints.map(({ code }) => code));
    const each = SAMPLES.flatMap((sample) => read(sample).hints.map(({ code }) => code));
    expect([...new Set(found)].sort()).toEqual([...new Set(each)].sort());
    const spoken = new Set(each);
    const silent = COERCION_RULES.filter((row) => !spoken.has(`${row.language}.${row.code}`));
    expect(silent.map((row) => row.code)).toEqual([]);
  });

  test('one past the limits: text is cut, hints are capped', () => {
    expect(read(`${' '.repeat(COERCION_TEXT_MAX)}This is your final warning.`).hints).toEqual([]);
    expect(read('your final warning '.repeat(COERCION_HINTS_MAX + 1)).hints).toHaveLength(
      COERCION_HINTS_MAX,
    );
  });

  test.each([
    'we ',
    'shot ',
    'bring guns will vote ',
    'you ice vote ',
    'if you fail to a ',
    'you will ',
    'send a ',
    'We are A ',
    'Vote for A of ',
  ])('a flood of %j takes linear time', (unit) =>
    expect(read(unit.repeat(100_000 / unit.length)).hints.length).toBeLessThan(101),
  );
});

/** `\\b` and `(?! ...)` taken out of a pattern, and no blank left out: keys are of parted words. */
function withoutAssertions(pattern: string): string {
  let plain = pattern.replaceAll('\\b', '').replaceAll(' ?', ' ');
  const next = (): number => plain.search(/\(\?<?[!=]/);
  for (let at = next(); at >= 0; at = next()) {
    let [end, depth] = [at, 0];
    do {
      depth += plain[end] === '(' ? 1 : plain[end] === ')' ? -1 : 0;
      end += 1;
    } while (depth > 0);
    plain = plain.slice(0, at) + plain.slice(end);
  }
  return plain;
}
