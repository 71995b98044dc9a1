import { MISQUOTED_DOMAIN } from './wording.ts';

/** A press text or an official's word, by invented speakers. */
interface PressText {
  readonly id: string;
  /** With the zone of the speaker. */
  readonly saidAt: string;
  readonly precision: 'minute' | 'hour' | 'day';
  readonly speaker: string;
  readonly headlines: readonly string[];
  readonly text: string;
}

const press = (
  id: string,
  saidAt: string,
  speaker: string,
  headline: string | readonly string[],
  text: string,
): PressText => ({
  id,
  saidAt,
  precision: /T\d\d:00/.test(saidAt) ? 'hour' : 'minute',
  speaker,
  headlines: typeof headline === 'string' ? [headline] : headline,
  text,
});

const TEXTS: readonly PressText[] = [
  press(
    'S01',
    '2020-10-20T15:00-04:00',
    'Almera County Supervisor of Elections',
    'Voters report threatening e-mails',
    'The office is aware of dozens of e-mails that threaten voters, later in the day of hundreds. It has told the state and the police. Ballots are secret.',
  ),
  press(
    'S02',
    '2020-10-20T14:00-04:00',
    'Brackenfold Sentinels',
    'Not us',
    'Two leaders of the group say that somebody put its address on the e-mails and that they have spoken to the police.',
  ),
  press(
    'S03',
    '2020-10-20T17:00-04:00',
    'Radio Tideline',
    'Domain changed hands',
    'Control of the domain shown in the e-mails changed on Monday night, the station learned from public records. The site was offline on Tuesday.',
  ),
  press(
    'S04',
    '2020-10-20T14:30-04:00',
    'Boardwalk Tech Letter',
    'E-mail came through a server abroad',
    'The header of one e-mail that a voter showed us names a server in EE. The displayed sender is not where it came from. The group denies having sent it.',
  ),
  press(
    'S05',
    '2020-10-20T17:30-04:00',
    'Channel 9 Morning',
    'Seven e-mails, three countries',
    'An outside firm looked at the headers of seven e-mails for us. They passed through servers in SA, AE and EE. A server can be misused by anybody.',
  ),
  press(
    'S06',
    '2020-10-21T06:00-04:00',
    'Harbor Post',
    'Threats to voters from abroad',
    `Voters got e-mails from info@${MISQUOTED_DOMAIN}. One that was sent to a voter in Gainsholt left a mail server in EE and reads like dozens of others.`,
  ),
  press(
    'S07',
    '2020-10-21T15:00+03:00',
    'CERT of EE, to the Northern Courier',
    'Textbook publisher confirms incident',
    'The server belongs to a publisher of textbooks. The incident is confirmed. How many e-mails went out is not known.',
  ),
  press(
    'S08',
    '2020-10-21T09:00-04:00',
    'Voter Help Line',
    'About 100 voters called',
    'About 100 voters reported the e-mails to the help line, most of them in state F. Those elsewhere probably lived there once.',
  ),
  press(
    'S09',
    '2020-10-21T19:30-04:00',
    'Director of National Inquiry',
    'Two countries hold voter data',
    'Izmar and, separately, Ruvelia obtained some voter registration information. Izmar sent the spoofed e-mails to frighten voters, to cause unrest and to damage T. Ashgrove. A video about false ballots is not true. No questions were taken; how much data and which states was not said.',
  ),
  press(
    'S10',
    '2020-10-21T22:00-04:00',
    'Capital Standard',
    ['Izmar and Ruvelia seize voter data', 'Izmar and Ruvelia hold voter data, officials say'],
    'Officials say that the data are mostly public and did not speak of a break-in. The headline of this story was changed within the hour.',
  ),
  press(
    'S11',
    '2020-10-21T21:00-04:00',
    'Leader of the opposition in the upper house',
    'Aim was confidence',
    'After a closed briefing that afternoon the leader said that the aim was to undermine confidence in the vote, not to harm any one candidate.',
  ),
  press(
    'S12',
    '2020-10-22T16:00-04:00',
    'Wire Desk',
    'Video shows file paths and an address',
    'Four persons who saw the inquiry say that frames of the video show file names, a path with a user name and the address 198.51.100.201 of a hosting firm abroad. The intrusion in it looks staged.',
  ),
  press(
    'S13',
    '2020-10-22T12:00-04:00',
    'Freemail house',
    'Filters stopped most',
    'About nine in ten of the messages to our users were stopped by filters.',
  ),
  press(
    'S14',
    '2020-10-30T18:00-04:00',
    'National cyber office and police, joint alert',
    'Same actor behind e-mails and video',
    'The actor scanned state election sites from 20 to 28 September, ten states in all, and took records from at least one between 29 September and 17 October with scripted queries.',
  ),
  press(
    'S15',
    '2020-10-28T12:00-04:00',
    'Capitol Notes',
    'Motive line was not cleared',
    'Two senior officials say that the words about damage to T. Ashgrove were not in the text which the other agencies had cleared.',
  ),
  press(
    'S16',
    '2020-12-03T13:00-09:00',
    'State A Division of Elections',
    '113,000 records exposed',
    "Birth dates and driver's license numbers of 113,000 people were exposed in online registration. The office has known since 27 October.",
  ),
  press(
    'S17',
    '2020-12-04T08:00-09:00',
    'Northlight Daily',
    'License plates of 113,000 stolen',
    'Names, birth dates and license plates of 113,000 residents of state A were taken, the Division of Elections said on Thursday.',
  ),
  press(
    'S18',
    '2021-11-18T12:00-05:00',
    'Department of Justice, indictment',
    'Two charged',
    'Two employees of a contractor in Izmar are charged with having tried the sites of about eleven states and with taking records of more than 100,000 voters from one. The charges are not tried.',
  ),
  press(
    'S19',
    '2022-11-07T12:00-05:00',
    'Wire Desk, fact check',
    'Old video returns',
    'The video of 2020 is shown again as proof of a whistle-blower. It was fabricated: the voter data in it were real, the break-in was not, no ballot was accepted.',
  ),
];

/** Each text twice: as a page of text, and as a record. What it rests on is in the truth only. */
export function statementFiles(): readonly { readonly path: string; readonly text: string }[] {
  return TEXTS.flatMap((entry) => {
    const { id, speaker, saidAt, headlines, text } = entry;
    const page = `${headlines.at(-1)}\n${speaker}, ${saidAt}\n\n${text}\n`;
    return [
      { path: `statements/${id}.txt`, text: page },
      { path: `statements/${id}.json`, text: `${JSON.stringify(entry, null, 1)}\n` },
    ];
  });
}
