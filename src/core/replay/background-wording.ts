import type { Random } from '../base/index.ts';
import type { Voter } from './voters.ts';
import { CANDIDATE, GROUP, VIDEO_URL } from './wording.ts';

/** Bulk mail that no campaign of the case owns. Some of it speaks of the same things. */
export interface Bulk {
  readonly kind: string;
  readonly share: number;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: (random: Random) => string;
  readonly lines: (voter: Voter, random: Random) => readonly string[];
  /** Newsletters carry a list id and an HTML twin. */
  readonly list: boolean;
}

const day = (random: Random): string => `October ${random.between(19, 30)}`;

export const BULK: readonly Bulk[] = [
  {
    kind: 'candidate-newsletter',
    share: 50,
    from: { name: 'Ashgrove for Office', address: 'team@ashgrove-2020.example' },
    subject: (random) =>
      random.pick([
        `Vote for ${CANDIDATE}: early voting starts`,
        `${CANDIDATE} needs you this week`,
        'Your neighbors have voted. Have you?',
      ]),
    lines: (voter, random) => [
      `${voter.given},`,
      '',
      `Early voting is open in ${voter.county.name} and every vote for ${CANDIDATE} counts. Bring a photo identification and a friend to your polling place before ${day(random)}.`,
      '',
      random.pick([
        'Our volunteers have knocked on more than two hundred thousand doors. We need ten more in your street.',
        'The other side is counting on you to stay home. Prove them wrong.',
        'Can you chip in five dollars before midnight to keep our phone banks open?',
      ]),
      '',
      'Paid for by Ashgrove for Office. You receive this because you signed up at ashgrove-2020.example.',
    ],
    list: true,
  },
  {
    kind: 'candidate-newsletter',
    share: 40,
    from: { name: 'Linden County Team', address: 'hello@rosalinden.example' },
    subject: (random) =>
      random.pick([
        'Have you made a plan to vote?',
        'Rosa Linden on the issues',
        'Three days left',
      ]),
    lines: (voter, random) => [
      `Hi ${voter.given},`,
      '',
      `Tern Party voters in ${voter.address.town} can drop their ballot at any early voting site until ${day(random)}. Make a plan: when will you go, how will you get there, who comes with you?`,
      '',
      'Your ballot is secret. Nobody can see how you voted, whatever a message may tell you.',
      '',
      'Rosa Linden campaign, P.O. Box 118',
    ],
    list: true,
  },
  {
    kind: 'registration-phish',
    share: 45,
    from: { name: 'Voter Registration Desk', address: 'no-reply@registration-verify.example' },
    subject: (random) =>
      `Action required: your voter record ${random.between(10_000, 99_999)} is incomplete`,
    lines: (voter, random) => [
      `Dear ${voter.given} ${voter.family},`,
      '',
      'During a routine check your voter registration was found to be incomplete. If you do not confirm your details within 48 hours your registration will be cancelled and you will not be able to vote.',
      '',
      `Confirm now: https://registration-verify.example/confirm?ref=${random.hex(16)}`,
      '',
      'You will need your date of birth, driver license number and the last four digits of your social security number.',
      'Voter Registration Desk',
    ],
    list: false,
  },
  {
    kind: 'mailbox-phish',
    share: 25,
    from: { name: 'IT Helpdesk', address: 'support@mailbox-upgrade.example' },
    subject: (random) => `Your mailbox is ${random.between(95, 99)}% full`,
    lines: (voter, random) => [
      `Attention ${voter.email},`,
      '',
      'You have exceeded the storage limit of your mailbox and cannot receive new messages until you validate your account.',
      '',
      `Validate here: https://mailbox-upgrade.example/v/${random.hex(10)}`,
      'Failure to do so within 24 hours leads to permanent closure of your account.',
    ],
    list: false,
  },
  {
    kind: 'prize-spam',
    share: 25,
    from: { name: 'Mrs. Adele Fairwind', address: 'a.fairwind@winners-desk.example' },
    subject: (random) => `CONGRATULATIONS reference ${random.hex(6).toUpperCase()}`,
    lines: (_, random) => [
      'Attention Lucky Winner,',
      '',
      `We are pleased to inform you that your email address won the sum of $${random.between(2, 9)}50,000 in our international promotion held this month. To file for your claim contact our agent with your full name, address, telephone and occupation.`,
      '',
      `Agent telephone: 555-01${random.between(10, 99)}. Keep this confidential until your claim is processed to avoid double claiming.`,
      'Best regards,',
      'Mrs. Adele Fairwind',
    ],
    list: false,
  },
  {
    kind: 'office-newsletter',
    share: 35,
    from: { name: 'County Elections News', address: 'news@elections-news.example' },
    subject: (random) =>
      random.pick([
        'Poll workers wanted',
        'Early voting sites and hours',
        'Sample ballots are out',
      ]),
    lines: (voter, random) => [
      `Early voting in ${voter.county.name} runs until ${day(random)}, daily from 9 a.m. to 6 p.m. Ballots by mail must be here by 7 p.m. on Election Day.`,
      '',
      `We still need ${random.between(12, 60)} poll workers. Training takes half a day and is paid.`,
      '',
      'To stop receiving this newsletter reply with the word remove.',
    ],
    list: true,
  },
  {
    kind: 'warning-that-quotes',
    share: 15,
    from: { name: 'State F Division of Elections', address: 'alerts@elections.state-f.example' },
    subject: () => 'Advisory: threatening e-mails to voters',
    lines: (_, random) => [
      `Offices report e-mails in the name of the ${GROUP}, which denies having sent them. They tell the recipient to change party and say "I would take this seriously if I were you". This is false: no one can see how a person voted.`,
      '',
      `Keep the original, do not answer it, and send it to this address. Advisory ${random.between(1, 4)} of this week.`,
      '',
      'Division of Elections, State F',
    ],
    list: true,
  },
  {
    kind: 'outrage-that-quotes',
    share: 14,
    from: { name: 'Linden County Team', address: 'hello@rosalinden.example' },
    subject: () => 'Look what they send to our voters',
    lines: (voter, random) => [
      `${voter.given}, our neighbors in ${voter.county.name} opened their mail this week and found a threat. Rosa read it aloud last night at the fairground, with her own mother in the front row. This is what it says:`,
      '',
      `"You are on the roll as a Tern Party voter and we know this because we have gained access into the entire voting system. You will vote for ${CANDIDATE} on Election Day or we will come for you."`,
      '',
      'Nobody decides for you. Nobody can see your ballot, and nobody can change your party with an e-mail. Thirty seven volunteers have signed up since yesterday to drive people to the polls, and we need as many again before the weekend.',
      '',
      `Bring soup, bring your cousins, bring a folding chair: we meet on ${day(random)} at the old cannery. Rosa Linden campaign, P.O. Box 118`,
    ],
    list: true,
  },
  {
    kind: 'video-hoax',
    share: 12,
    from: { name: 'Patriot Clips', address: 'share@clip-circle.example' },
    subject: () => 'Fw: Fw: WATCH before they take it down!!!',
    lines: (_, random) => [
      'This shows how anybody can print ballots from abroad with a voter list. Share it with everyone you know.',
      '',
      `${VIDEO_URL}clip${random.between(1, 9)}`,
    ],
    list: false,
  },
];

/** What voters, reporters and the named group write to an office themselves. */
export interface OwnLetter {
  readonly kind: string;
  readonly share: number;
  readonly subjects: readonly string[];
  readonly openings: readonly string[];
  readonly middles: readonly string[];
}

export const OWN_LETTERS: readonly OwnLetter[] = [
  {
    kind: 'question',
    share: 75,
    subjects: [
      'Where do I vote?',
      'question',
      'Absentee ballot',
      'early voting hours',
      'My ballot',
    ],
    openings: [
      'Hello, we moved to the county last spring and I do not know where my polling place is.',
      'I asked for a mail ballot three weeks ago and it has not come.',
      'Can my husband drop off my ballot for me? He is my caregiver.',
      'What identification do I have to bring on Election Day?',
      'I think I filled in the wrong oval on my ballot. Can I get another one?',
      'Is the library on Main Street an early voting site this year?',
      'My signature looks different since my stroke. Will my ballot be thrown out?',
      'The website would not let me look up my registration last night.',
    ],
    middles: [
      'I work until six, so I would need to come late.',
      'Please answer by mail, I am hard of hearing.',
      'I have voted here since 1988.',
      'My date of birth is on file with you.',
      'Thank you for all you do.',
      'I could not get through on the phone.',
    ],
  },
  {
    kind: 'told-not-forwarded',
    share: 30,
    subjects: ['threat', 'I got one too', 'scary mail', 'those emails'],
    openings: [
      'I also got one of those mails that say they will come after me if I do not vote for their man. I deleted it, was that wrong?',
      'Somebody read my full name and my street to me in a mail yesterday and told me whom to vote for. I did not keep it.',
      'My mother had the mail that was on television. She is 84 and afraid to leave the house.',
      'I was told to change my party or else. I have not done it. Can you tell me if anybody changed it for me?',
    ],
    middles: [
      'It came in the morning.',
      'I can show you the printed page.',
      'I will not give in to bullies.',
      'She uses a tablet and does not know how to forward.',
    ],
  },
  {
    kind: 'press',
    share: 18,
    subjects: ['Press inquiry', 'Request for comment, deadline 5 p.m.', 'interview?'],
    openings: [
      'I write for the Tidewater Ledger and would like to know how many voters in your county have reported the threatening e-mails.',
      'Channel 9 Morning is preparing a piece on the e-mails. Can the supervisor speak to us on camera?',
    ],
    middles: [
      'Our deadline is five in the afternoon.',
      'Do you know whether the addresses came from the public voter file?',
      'We have seen a copy from another county.',
    ],
  },
];

/** Two letters of which there is exactly one each. */
export const SINGLE_LETTERS = {
  denial: {
    from: { name: 'Brackenfold Sentinels Press', address: 'brackenfold.press@mailhive.example' },
    subject: 'Statement: those e-mails are not ours',
    lines: [
      'To the election office:',
      '',
      `The ${GROUP} did not send the e-mails that voters report. Somebody put our address on them. We lost our web host two weeks ago and have sent no mail from that domain since. We have told the police.`,
      '',
      'Press desk',
    ],
  },
  rumour: {
    from: { name: 'Orson Wexcroft', address: 'orson.wexcroft@countynet.example' },
    subject: 'domain was taken over',
    lines: [
      'I do computers for a living. A radio station says that control of the domain brackenfold.example changed hands on Monday night, so whoever bought it sent the mails. You should tell people that.',
      '',
      'Orson',
    ],
  },
} as const;
