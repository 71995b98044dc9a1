import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonestWording, subjectSkeletons, type WordingSpan } from './wording.ts';

interface Voter {
  readonly given: string;
  readonly family: string;
  readonly street: string;
  readonly house: number;
  readonly city: string;
}

const voter = fc.record({
  given: fc.constantFrom('Avery', 'Robin', 'Kai', 'Noor', 'Toby', 'Ida', 'Will', 'Grace'),
  family: fc.constantFrom('Quillfeather', 'Marshbank', 'Lindqvister', 'Haddadine'),
  street: fc.constantFrom('Elmbrook', 'Ottermill', 'Fernhollow'),
  house: fc.integer({ min: 1, max: 99_999 }),
  city: fc.constantFrom('Larkspur', 'Dunmore'),
});
/** One family at one address: what they share is still theirs. */
const household = voter.chain((head) =>
  fc.array(
    voter.map((other) => ({ ...head, given: other.given })),
    { minLength: 1, maxLength: 12 },
  ),
);

const TEMPLATES: readonly ((voter: Voter) => string)[] = [
  (v) =>
    `Dear ${v.given} ${v.family},\nwe know that you live at ${v.house} ${v.street} Lane in ${v.city}. ` +
    `You will vote on election day or we will come after you, ${v.given}.`,
  (v) =>
    `We have the file of ${v.given} ${v.family} of ${v.house} ${v.street} Road, ${v.city}, ` +
    `${v.given.toLowerCase()}.${v.family.toLowerCase()}@example.org, call 555-0100 and comply or else.`,
  (v) =>
    `Hello ${v.family} family: your ballot for ${v.house} ${v.street} Street was not counted, reply now.`,
];

const shownIn = (spans: readonly WordingSpan[]): string =>
  spans.map((span) => ('shared' in span ? span.shared : '_')).join(' ');

const SECRETS =
  /quillfeather|marshbank|lindqvister|haddadine|elmbrook|ottermill|fernhollow|example\.org|\d/i;

describe('commonest wording', () => {
  test('shows what all share and counts what differs', () => {
    const texts = ['Avery Quill', 'Robin Marsh', 'Kai Lindqvist'].map(
      (name) => `Dear ${name}, you will vote on election day or we will come after you.`,
    );
    expect(commonestWording(texts, { includePersonal: false })).toEqual([
      { withheld: 3 },
      { shared: ', you will vote on election day or we will come after you.' },
    ]);
  });

  test('never shows a recipient’s name, street, house or address', () => {
    const members = fc.oneof(fc.array(voter, { maxLength: 40 }), household);
    fc.assert(
      fc.property(members, fc.constantFrom(...TEMPLATES), (voters, template) => {
        const spans = commonestWording(voters.map(template), { includePersonal: false });
        expect(shownIn(spans)).not.toMatch(SECRETS);
      }),
    );
  });

  test('still shows most of the wording of a campaign', () => {
    fc.assert(
      fc.property(fc.array(voter, { minLength: 30, maxLength: 40 }), (voters) => {
        const texts = voters.map(TEMPLATES[0] ?? String);
        const shown = shownIn(commonestWording(texts, { includePersonal: false }));
        expect(shown).toContain('You will vote on election day or we will come after you');
      }),
    );
  });

  test('fewer than three distinct texts are withheld, unless personal data is asked for', () => {
    const texts = ['Vote for us or else.', 'Vote for us or else.', 'Vote for us or what.'];
    expect(commonestWording(texts, { includePersonal: false })).toEqual([{ withheld: 5 }]);
    expect(commonestWording(texts, { includePersonal: true })).toEqual([
      { shared: 'Vote for us or else.' },
    ]);
  });

  test('one text sent to many people is shared by them', () => {
    const texts = Array.from({ length: 25 }, () => 'Vote for Rowan Hale or else!');
    const recipients = texts.map((_, at) => `v${at}@example.org`);
    expect(commonestWording(texts, { includePersonal: false, recipients })).toEqual([
      { shared: 'Vote for Rowan Hale or else!' },
    ]);
  });

  test('names from the To lines stay out at any size', () => {
    const texts = Array.from({ length: 25 }, () => 'Listen Quill you will vote for us.');
    const recipients = texts.map((_, at) => `v${at}@example.org`);
    const options = { includePersonal: false, recipients, personal: ['Avery Quill'] };
    expect(shownIn(commonestWording(texts, options))).not.toContain('Quill');
  });
});

describe('subject skeletons', () => {
  const recipients = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) => `v${at}@example.org`);

  test('subjects of one wording are one line, with their count', () => {
    const subjects = [
      ...Array.from({ length: 30 }, () => 'Vote for us or else!'),
      ...Array.from({ length: 22 }, () => 'Ballot notice'),
    ];
    const options = { includePersonal: false, recipients: recipients(52) };
    expect(subjectSkeletons(subjects, options)).toEqual([
      { spans: [{ shared: 'Vote for us or else!' }], messages: 30 },
      { spans: [{ shared: 'Ballot notice' }], messages: 22 },
    ]);
  });

  test('never shows a name, also where a household shares it', () => {
    const members = fc.oneof(fc.array(voter, { maxLength: 30 }), household);
    fc.assert(
      fc.property(members, (voters) => {
        const subjects = voters.map((v) => `Notice for ${v.family}, ${v.house} ${v.street} Lane`);
        const options = { includePersonal: false, recipients: recipients(voters.length) };
        for (const { spans } of subjectSkeletons(subjects, options)) {
          expect(shownIn(spans)).not.toMatch(SECRETS);
        }
      }),
    );
  });
});

test('a subject counts all that bear it, also where only a sample is compared', () => {
  const subjects = Array.from({ length: 1_000 }, (_, at) =>
    at % 3 === 0 ? 'Your ballot' : 'Vote or else',
  );
  const recipients = subjects.map((_, at) => `voter${at}@mail.example`);
  const found = subjectSkeletons(subjects, { includePersonal: false, recipients });
  expect(found.map(({ messages }) => messages)).toEqual([666, 334]);
});
