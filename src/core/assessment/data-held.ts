import type { Point } from './answer.ts';
import { counted, countedPersons, listed } from './counting.ts';
import { campaignRefs, type Draft, noneShared, open, point } from './draft.ts';
import type { BoardFacts, CampaignFacts } from './facts.ts';
import { fieldWords } from './field-words.ts';

/** Slot types that are columns of a list of persons, in the words of a clerk. */
const FIELDS: { readonly [type: string]: string } = {
  'person-name': 'name',
  'street-address': 'street address',
  city: 'city',
  county: 'county',
  state: 'state',
  'postal-code': 'postal code',
  email: 'e-mail address',
  phone: 'telephone number',
  party: 'party',
  'voter-id': 'voter number',
  'birth-date': 'date of birth',
};

/** What a threat says that it knows, English and Spanish. A claim, not a showing. */
const CLAIMS: readonly (readonly [string, RegExp])[] = [
  ['e-mail address', /\b(?:e-?mail|correo)\b/],
  ['telephone number', /\b(?:tele)?phone\b|tel[eé]fono/],
  ['street address', /\baddress\b|direcci[oó]n/],
  ['date of birth', /date of birth|birth ?date|fecha de nacimiento/],
  ['social security number', /social security|seguro social/],
  ['driver licence', /driver'?s? licen[cs]e|licencia de conducir/],
  [
    'everything',
    /all (?:of )?your (?:information|data)|\beverything\b|toda (?:tu|su) informaci[oó]n/,
  ],
];

/** Jurisdictions named in one answer. */
const JURISDICTIONS_MAX = 2;

/**
 * Fields held by the sender: those that differ from recipient to recipient in the messages are
 * shown; those that the wording only speaks of are claimed.
 */
export function whatDataTheyHold(facts: BoardFacts): Draft {
  const campaign = threatening(facts) ?? facts.campaigns[0];
  const wouldChange = [
    'More originals with their full text: each adds values to compare.',
    'The fields of the voter list, to tell which of them anyone can get and which nobody should have.',
  ];
  if (campaign === undefined) {
    return { ...open(noneShared(facts), 'no campaign'), evidence: [], wouldChange };
  }
  const evidence = campaignRefs([campaign]);
  const shown = shownFields(campaign, facts);
  const claimed = claimedOnly(campaign, facts);
  const publicIn = openness(facts, campaign);
  if (shown.length === 0) {
    const text = `No field that differs from recipient to recipient is shown in the messages of ${campaign.label}.`;
    return {
      ...open(text, templateBasis(campaign)),
      points: claimed,
      evidence,
      wouldChange,
    };
  }
  return {
    state: 'partly',
    text: `The messages of ${campaign.label} show, filled in for each recipient: ${listed(shown, shown.length)}. Whoever sent them held these.${publicIn.length === 0 ? ' Whether the fields are public is not answered here.' : ''}`,
    points: [...claimed, ...publicIn],
    confidence: 'low',
    basis: templateBasis(campaign),
    evidence,
    wouldChange,
  };
}

/** Where the lists tell it: which of the fields shown anyone can have, by jurisdiction. */
function openness({ exposure }: BoardFacts, { id }: CampaignFacts): readonly Point[] {
  const own = exposure?.campaigns.find(({ campaign }) => campaign === id);
  const shown = (own?.fields ?? []).filter((field) => field.shown);
  const jurisdictions = [...new Set(own?.jurisdictions.map(({ jurisdiction }) => jurisdiction))];
  return jurisdictions
    .slice(0, JURISDICTIONS_MAX)
    .flatMap((jurisdiction) => point(`In ${jurisdiction}`, ...opennessIn(jurisdiction, shown)));
}

const KINDS: readonly (readonly [availability: string, words: string])[] = [
  ['public', 'anyone can have'],
  ['restricted', 'only buyers or parties can have'],
  ['never', 'no public copy holds'],
  ['unknown', 'not known whether public:'],
];

function opennessIn(
  jurisdiction: string,
  shown: NonNullable<BoardFacts['exposure']>['campaigns'][number]['fields'],
): readonly string[] {
  return KINDS.flatMap(([kind, words]) => {
    const fields = fieldWords(
      shown
        .filter(({ availability }) =>
          availability.some(
            (each) => each.jurisdiction === jurisdiction && each.availability === kind,
          ),
        )
        .map(({ field }) => field),
    );
    return fields.length === 0 ? [] : [`${words} ${listed(fields, fields.length)}`];
  });
}

const threatening = ({ campaigns }: BoardFacts): CampaignFacts | undefined =>
  campaigns.find(({ pressure }) => pressure.some(({ sign }) => sign === 'threat'));

/** `name (more than one slot of a kind counts once; the slot with most values speaks)`. */
function shownFields(
  campaign: CampaignFacts,
  { personalDataIncluded }: BoardFacts,
): readonly string[] {
  const most = new Map<string, number>();
  const certain = new Set<string>();
  for (const { type, distinct, probable } of slotsOf(campaign)) {
    const field = FIELDS[type];
    if (field === undefined) continue;
    most.set(field, Math.max(most.get(field) ?? 0, distinct));
    if (probable !== true) certain.add(field);
  }
  return [...most].map(([field, distinct]) => {
    const doubt = certain.has(field) ? '' : ', probable';
    return `${field} (${countedPersons(distinct, personalDataIncluded)} different${doubt})`;
  });
}

/**
 * Fields that the wording only speaks of, in the words of a clerk; null where it claims no
 * knowledge.
 */
export function fieldsClaimed(
  campaign: Pick<CampaignFacts, 'pressure' | 'wording' | 'templates'>,
): readonly string[] | null {
  const { pressure } = campaign;
  if (!pressure.some(({ sign }) => sign === 'knowledge')) return null;
  const text = fixedWords(campaign).toLowerCase();
  const shown = new Set(slotsOf(campaign).map(({ type }) => FIELDS[type]));
  return CLAIMS.filter(([field, words]) => words.test(text) && !shown.has(field)).map(
    ([field]) => field,
  );
}

function claimedOnly(campaign: CampaignFacts, { exposure }: BoardFacts): readonly Point[] {
  const own = exposure?.campaigns.find((each) => each.campaign === campaign.id);
  // The lists' answer counts the address that a message was sent to as held, as it is.
  const held = new Set(
    fieldWords((own?.fields ?? []).flatMap((each) => (each.shown ? [each.field] : []))),
  );
  const names = fieldsClaimed(campaign)?.filter((name) => !held.has(name)) ?? null;
  if (names === null) return [];
  return names.length === 0
    ? point('Claimed in the wording', 'to know more, without saying what')
    : point('Only claimed in the wording, not shown', listed(names, names.length));
}

/** Every fixed word of every wording, and of the commonest text where there is no template. */
function fixedWords({ wording, templates }: Pick<CampaignFacts, 'wording' | 'templates'>): string {
  const spans = [...wording, ...templates.flatMap((template) => template.spans)];
  return spans.map((span) => ('shared' in span ? String(span.shared) : '')).join(' ');
}

const slotsOf = ({
  templates,
}: Pick<CampaignFacts, 'templates'>): CampaignFacts['templates'][number]['slots'] =>
  templates.flatMap(({ slots }) => slots);

function templateBasis({ templates }: CampaignFacts): string {
  const texts = templates.reduce((sum, template) => sum + template.texts, 0);
  return texts === 0
    ? 'too few different texts to compare'
    : `${counted(templates.length, 'wording')} read from ${counted(texts, 'different text')}`;
}
