import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { type MessageContent, readMessage } from '../mail/index.ts';
import { collectObservables } from '../observables/index.ts';
import { bodiesOf } from './judge.ts';

/** Values of each message's observables, but those of its header. */
function observed(raw: string): Readonly<Record<string, readonly string[]>> {
  const contents = new Map<string, MessageContent>();
  const { messages } = readMessage(new TextEncoder().encode(raw), nodeKernels, {
    onContent: (content) => contents.set(content.path, content),
  });
  const bodies = bodiesOf(messages, contents);
  return Object.fromEntries(
    messages.map((message) => {
      const input = { message, bodies: bodies.get(message.path) ?? [], codes: [] };
      const { observables } = collectObservables({ ...input, kernels: nodeKernels });
      const inBody = observables.filter(({ where }) =>
        where.some(({ place }) => place !== 'header'),
      );
      return [message.path, inBody.map(({ value }) => value)];
    }),
  );
}

const HEAD = ['From: Vera <vera@voter.example>', 'To: clerk@county.example', 'Subject: Help'];
const OWN =
  'My number is (202) 555-0188, <a href="https://vera.example/home">my site</a>, private@voter.example';
const THREAT =
  'We are in possession of all your information. <a href="http://evil.example/x">https://bank.example/login</a>';
const GMAIL = `<div dir="ltr">${OWN}<br><br><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Info</strong> <span>&lt;<a href="mailto:info@threat.example">info@threat.example</a>&gt;</span><br>Date: Tue, Oct 20, 2020 at 8:59 AM<br>Subject: Vote or else<br>To: &lt;<a href="mailto:vera@voter.example">vera@voter.example</a>&gt;<br></div><br><div>${THREAT}</div></div></div>`;

describe('what a message names is counted where it stands', () => {
  const ofVoter = ['+12025550188', 'https://vera.example/home', 'private@voter.example'];
  const ofThreat = ['http://evil.example/x', 'https://bank.example/login'];
  const whole = (html: string): string =>
    [...HEAD, 'Content-Type: text/html', '', html].join('\r\n');
  const both = (html: string, text: string): string =>
    [
      ...[...HEAD, 'Content-Type: multipart/alternative; boundary=b', '', '--b'],
      ...['Content-Type: text/plain', '', text, '--b', 'Content-Type: text/html', '', html],
      ...['--b--', ''],
    ].join('\r\n');
  const text =
    'My number is (202) 555-0188\n\n---------- Forwarded message ---------\nFrom: Info <info@threat.example>\nDate: Tue, Oct 20, 2020 at 8:59 AM\nSubject: Vote or else\nTo: <vera@voter.example>\n\nWe are in possession of all your information.';
  test.each([
    ['in an HTML forward', whole(GMAIL)],
    ['in an HTML forward beside its text', both(GMAIL, text)],
  ])('%s', (_, raw) => {
    const { '0': voter = [], '0.i': threat = [] } = observed(raw);
    for (const value of ofVoter) expect(voter).toContain(value);
    for (const value of ofThreat) expect(threat).toContain(value);
    for (const value of ofVoter) expect(threat).not.toContain(value);
    for (const value of ofThreat) expect(voter).not.toContain(value);
  });
  test('a forward inside a forward has its own links only', () => {
    const inner = `<div>---------- Forwarded message ---------<br>From: B &lt;b@x.example&gt;<br>Date: Mon, Oct 19, 2020 at 8:59 AM<br>Subject: Vote or else<br>To: &lt;c@x.example&gt;<br><br><a href="http://inner.example/">in</a></div>`;
    const seen = observed(
      whole(
        GMAIL.replace('Subject: Vote', 'Subject: Fwd: Vote').replace(
          THREAT,
          `<a href="http://outer.example/">out</a>${inner}`,
        ),
      ),
    );
    expect(seen['0.i']).toContain('http://outer.example/');
    expect(seen['0.i']).not.toContain('http://inner.example/');
    expect(seen['0.i.i']).toContain('http://inner.example/');
    expect(seen['0.i.i']).not.toContain('http://outer.example/');
  });
  test('HTML that shows no forward goes to the first original whole: no link is lost', () => {
    const seen = observed(both('<a href="http://evil.example/x">see</a>', text));
    expect(seen['0.i']).toContain('http://evil.example/x');
  });
  test('who hands nothing on keeps all of it', () => {
    const lure = '<a href="https://pay.threat.example/">pay</a><br>';
    const quoted = GMAIL.slice(GMAIL.indexOf('<div class="gmail_quote">')).replace(
      'Forwarded',
      'Original',
    );
    const seen = observed(whole(`${lure.repeat(3)}${quoted}`));
    expect(seen['0']).toContain('https://pay.threat.example/');
    expect(seen['0']).toContain('http://evil.example/x');
  });
  test('places count in the part, not in the stretch', () => {
    const contents = new Map<string, MessageContent>();
    const { messages } = readMessage(new TextEncoder().encode(whole(GMAIL)), nodeKernels, {
      onContent: (content) => contents.set(content.path, content),
    });
    const bodies = bodiesOf(messages, contents).get('0.i') ?? [];
    const input = { message: messages[1]!, bodies, codes: [], kernels: nodeKernels };
    const url = collectObservables(input).observables.find(({ value }) => value === ofThreat[0]);
    const spot = url?.where.find(({ place }) => place === 'link-target');
    const page = contents.get('0')?.bodies[0]?.text ?? '';
    expect(page.slice(spot!.offset, spot!.offset + spot!.length)).toBe(ofThreat[0]);
  });
});
