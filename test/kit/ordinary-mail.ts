/**
 * A mail of some 40 kB as offices get them: a short HTML letter and an image, which hardly packs.
 * Each `number` gives different bytes, the same in every run.
 */
export function ordinaryMail(number: number): string {
  let state = number + 1;
  const draw = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  };
  const image = Uint8Array.from({ length: 21_000 }, () => draw() & 255);
  const letter = Array.from(
    { length: 120 },
    () => `<p style="color:#222">Your ballot <b>${draw()}</b> for ward ${draw() % 90}</p>\r\n`,
  ).join('');
  return [
    'Received: from a.example ([192.0.2.1]) by b.example; Tue, 20 Oct 2020 10:00:00 +0000',
    `From: Clerk <clerk@example.org>\r\nTo: voter${number}@example.net`,
    `Subject: Your ballot ${number}\r\nMessage-ID: <${number}@example.org>`,
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n',
    `--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${letter}`,
    '--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n',
    Buffer.from(image).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
    '--b--\r\n',
  ].join('\r\n');
}
