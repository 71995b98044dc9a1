import type { Random } from '../base/index.ts';
import { type Comment, mailDate } from '../mail-writer/index.ts';
import { HOUR } from './volumes.ts';
import type { Voter } from './voters.ts';
import { MISQUOTED_DOMAIN } from './wording.ts';

const SPANISH_SHARE = 0.08;
const SILENT_SHARE = 0.18;

export interface CommentWish {
  readonly voter: Voter;
  readonly reportedAt: number;
  readonly office: string;
}

export function commentBy(wish: CommentWish, random: Random): Comment {
  const spanish = random.chance(SPANISH_SHARE);
  const footer = footerOf(wish.voter, spanish, random);
  if (random.chance(SILENT_SHARE)) return { spanish, lines: [], footer };
  const says = [random.pick(spanish ? SPANISH : OPENINGS)];
  if (!spanish && random.chance(0.45)) says.push(random.pick(REMARKS));
  const apart = random.chance(0.4) ? '\n' : ' ';
  if (!spanish) says.push(...ofOwnLife(wish, random));
  const ends = spanish || random.chance(0.5) ? [] : [random.pick(ASKS)];
  const greeting = random.chance(0.4)
    ? [spanish ? 'Buenos días:' : `Dear ${wish.office},`, '']
    : [];
  const name = random.chance(0.6) ? ['', signOff(wish.voter, random)] : [];
  return {
    spanish,
    lines: [...greeting, ...says.join(apart).split('\n'), ...ends, ...name],
    footer,
  };
}

/** Things only this voter can say: an old address, a moment, a wrong domain read in the paper. */
function ofOwnLife({ voter, reportedAt }: CommentWish, random: Random): string[] {
  const out: string[] = [];
  if (voter.moved !== null && random.chance(0.7))
    out.push(
      `The address in it is my old one, I have not lived there since ${monthOf(voter.moved)}.`,
    );
  if (random.chance(0.1)) {
    const heard = mailDate(reportedAt - random.between(1, 9) * HOUR, voter.county.zone);
    out.push(`I saw it around ${heard.slice(17, 22)} on ${heard.slice(0, 11)}.`);
  }
  if (random.chance(0.02))
    out.push(`The paper says these come from info@${MISQUOTED_DOMAIN}, is that the same people?`);
  return out;
}

const monthOf = (day: string): string =>
  day.slice(5, 7) === '07' ? 'July' : day.slice(5, 7) === '08' ? 'August' : 'September';

const signOff = (voter: Voter, random: Random): string =>
  random.pick([
    `${voter.given} ${voter.family}`,
    `Thanks, ${voter.given}`,
    voter.given,
    `${voter.given} ${voter.family}, ${voter.address.town}`,
  ]);

function footerOf(voter: Voter, spanish: boolean, random: Random): readonly string[] {
  const phone = `555-01${random.between(10, 99)}`;
  return random.weighted<readonly string[]>([
    [[], 50],
    [[spanish ? 'Enviado desde mi iPhone' : 'Sent from my iPhone'], 20],
    [['Sent from my mobile device, please excuse typos.'], 6],
    [['--', `${voter.given} ${voter.family}`, voter.address.town, `Tel. (555) ${phone}`], 10],
    [
      [
        'CONFIDENTIALITY NOTICE: This message and any attachments are for the sole use of the',
        'intended recipient and may contain privileged information. If you are not the intended',
        'recipient, please contact the sender and destroy all copies of the original message.',
      ],
      8,
    ],
    [['--', 'This email has been checked for viruses by HomeShield antivirus software.'], 6],
  ]);
}

const OPENINGS: readonly string[] = [
  'I received the email below this morning and I find it very disturbing.',
  'This came to my inbox today. I thought you should see it.',
  'Please see the attached threat. I am forwarding it as your website asks.',
  'Reporting voter intimidation.',
  'My wife and I both got this. How do they have our address??',
  'Is this real? I am a registered voter and I am scared to be honest.',
  'FYI, this is going around. My neighbors got it too.',
  'I am 78 years old and have voted in every election. Nobody is going to tell me how to vote.',
  'I want to report this e-mail, it went to my junk folder but I open that once a day.',
  'Got this threatening message. I have already called the sheriff.',
  'Someone is sending these to Tern Party voters at the university.',
  'Not sure who handles this, please pass it on to the right person.',
  'Here is the email I called about, the lady on the phone told me to send it.',
  'See below. Spam or something you need to know about?',
  'I did vote by mail already. Can anyone really see who I voted for?',
  'Received this today from somebody who claims to be a political group.',
  'Forwarding for your investigation.',
  'What is being done about this?!',
  'Hello, a friend said to send you this, it has my home address in it.',
  'This is the second one in our household.',
];

const REMARKS: readonly string[] = [
  'I have not clicked on anything.',
  'From what I can tell it is a scam, but it knows my name.',
  'I did not answer it.',
  'My daughter says the headers show it came from abroad.',
  'It has my correct street address which is not on the internet.',
  'I never gave my email to any party.',
  'I deleted the first one, sorry.',
  'The sender looks like one of those groups on the news.',
  'It landed in spam, so maybe others have not seen theirs.',
  'I printed a copy as well.',
];

const ASKS: readonly string[] = [
  'Please confirm that you got this.',
  'Is my vote safe?',
  'Should I change my registration back if somebody changes it?',
  'Do I need to do anything?',
  'Call me if you need more, evenings are best.',
  'Who can I talk to about this?',
];

const SPANISH: readonly string[] = [
  'Recibí este correo hoy y me preocupa mucho. ¿Qué debo hacer?',
  'Les reenvío el mensaje que me llegó esta mañana. Mi dirección es correcta.',
  'Buenas tardes, mi madre recibió esta amenaza. ¿Es verdad que pueden ver el voto?',
  'Quiero denunciar este correo electrónico.',
  'Me llegó esto, creo que es una estafa. Gracias por su ayuda.',
];
