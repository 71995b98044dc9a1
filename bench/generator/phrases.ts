/**
 * Sentences with slots, and what forwarders and their programs add: written for this generator.
 *
 * A slot is `{field}`; the fields are those of an invented voter, or made on the spot.
 */
export const CUES: readonly string[] = [
  'at {street}, {city}, {stateCode} {postalCode},',
  'as a registered {party}',
  'in {county} County',
  'at {street} in {city}',
  '(voter number {voterId})',
  'to {phone}',
  'from {email}',
  'born on {birthDate}',
  'under https://ballot.example/c/{token}',
  'for {amount}',
  'before {date}',
  'for {given} {family}',
  'in {city}, {state} {postalCode},',
  'with {count} others',
  'of the {party} party in {city}',
  'and {title} {family}',
];

export const GREETINGS: readonly string[] = [
  'Dear {given} {family},',
  'Hello {given},',
  'Attention {title} {family}:',
  'Dear {given},',
  'Dear {title} {family},',
  'Dear voter {given} {family},',
];

export const CLOSINGS: readonly string[] = [
  'Good luck {given}.',
  'Think about it, {given}, while there is time.',
  'This notice was sent to {email} for {given} {family}.',
  'We are watching {street}.',
];

const cross = (heads: readonly string[], tails: readonly string[]): readonly string[] =>
  heads.flatMap((head) => tails.map((tail) => `${head} ${tail}`));

export const COMMENTS: readonly string[] = cross(
  [
    'Is this real?',
    'Got this today,',
    'Please look at the message below.',
    'FYI,',
    'My husband received this as well and',
    'This came to my work account last night;',
    'I am scared and do not know what to do.',
    'Reporting a threat:',
    'Hi, my neighbor says she has the same letter.',
    'Found in my junk folder,',
    'To whom it may concern at the elections office:',
    'Second one this week!!',
  ],
  [
    'can you tell me whether my registration is fine?',
    'never gave anybody this address.',
    'what should I do with it now?',
    'please call me back when you can.',
    'I have not clicked on anything so far.',
    'my mother is very upset about it.',
    'thought you folks should see it.',
    'how did they find out where we live?',
    'I am a poll worker, should I worry?',
    'thanks for your help and stay safe.',
    'do I still get to vote on Tuesday?',
    'sending it on as your web page asks.',
  ],
);

export const FOOTERS: readonly string[] = [
  'Sent from my iPhone',
  'Sent from my Galaxy phone, please excuse any typing errors in this message',
  'Get Outlook for Android',
  'This email has been checked for viruses by a scanner that you may install as well.',
  'CONFIDENTIALITY NOTICE: this message and any attachment are for the sole use of the intended recipient and may contain privileged information. Any unauthorized review or disclosure is prohibited.',
  'Virus-free mail from the county network. Please consider the environment before printing this page.',
  'You received this message because you are subscribed to the group for neighborhood notices. To leave the group send a blank letter to the list owner.',
  'Public records law: most written communication with officials of this state is open to the public and to the media on request.',
];

/** Forwarding heads; the second half carries names that no mail program is known to print. */
export const FORWARD_HEADS: readonly string[] = [
  '---------- Forwarded message ---------\nFrom: {sender}\nDate: Tue, Oct 20, 2020 at 9:14 AM\nSubject: {subject}\nTo: {email}\n\n',
  '-----Original Message-----\nFrom: {sender}\nSent: Tuesday, October 20, 2020 9:14 AM\nTo: {email}\nSubject: {subject}\n\n',
  'Begin forwarded message:\n\nFrom: {sender}\nSubject: {subject}\nDate: October 20, 2020 at 9:14:02 AM EDT\nTo: {email}\n\n',
  '---------- Mensaje reenviado ---------\nDe: {sender}\nFecha: mar., 20 oct. 2020 a las 9:14\nAsunto: {subject}\nPara: {email}\n\n',
  'Von: {sender}\nGesendet: Dienstag, 20. Oktober 2020 09:14\nAn: {email}\nBetreff: {subject}\n\n',
  '=== passed along by the phone app ===\nAuthor of note: {sender}\nReceived by: {email}\nHeadline: {subject}\n\n',
  'On Tue, Oct 20, 2020 at 9:14 AM {sender} wrote:\n\n',
  'Below is the text as it reached {email} (sender shown: {sender}, topic: {subject})\n\n',
  'Original letter follows. Shown writer {sender}, shown topic {subject}\n***\n',
  '<< {sender} / {subject} / 10-20-2020 >>\n\n',
];

export const SUBJECTS: readonly string[] = [
  'Vote for Rowan Hale or else!',
  'Your registration',
  'Last warning',
  'Important ballot notice',
];
