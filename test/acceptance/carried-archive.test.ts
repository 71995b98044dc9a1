import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { findingsOf, tocsin } from '../kit/tocsin.ts';
import { makeZip } from '../kit/zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-carried-'));
const evidence = join(folder, 'reports.mbox');
const caseFolder = join(folder, 'case');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const original = (voter: string, n: number): string =>
  [
    `Received: from relay.example (relay.example [192.0.2.${n}]) by mx.voter.example; Tue, 20 Oct 2020 12:0${n}:00 +0000`,
    'From: Proud Group <info@group.example>',
    `To: ${voter}@voter.example`,
    'Subject: Vote or else',
    `Message-ID: <${n}@group.example>`,
    '',
    'You will vote for our candidate on Election Day or we will come after you.',
    '',
  ].join('\n');

function report(voter: string, name: string, file: Buffer): string {
  return [
    `From ${voter}@voter.example Wed Oct 21 14:00:00 2020`,
    `Received: from mail.voter.example ([192.0.2.99]) by mx.county.example; Wed, 21 Oct 2020 14:00:00 +0000`,
    `From: ${voter} <${voter}@voter.example>`,
    'To: clerk@county.example',
    'Subject: I got this',
    `Message-ID: <${voter}@voter.example>`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'Please look into the attached mail.',
    '--b',
    `Content-Type: application/octet-stream; name=${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    file.toString('base64').replace(/.{76}/g, '$&\n'),
    '--b--',
    '',
    '',
  ].join('\n');
}

test('attached archives are opened, their mails grouped, and verify derives the same', async () => {
  const zip = (text: string): Buffer => makeZip([{ name: 'mail.eml', content: text }]);
  const reports = [
    report('vera', 'mail.zip', zip(original('vera', 1))),
    report('otto', 'mail.eml.gz', gzipSync(original('otto', 2))),
    report('ines', 'outer.zip', makeZip([{ name: 'mail.zip', content: zip(original('ines', 3)) }])),
  ];
  writeFileSync(evidence, reports.join(''));
  const run = await tocsin(['investigate', evidence, '--case', caseFolder]);
  expect([run.err, run.code]).toEqual(['', 0]);
  const findings = findingsOf(caseFolder);
  expect(findings.counts.originals).toBe(3);
  expect(findings.campaigns).toMatchObject([
    { originals: 3, shownSenders: [{ address: 'info@group.example' }] },
  ]);
  // The wording is read again from the exhibit: through the archives.
  expect(JSON.stringify(findings.campaigns)).toContain('You will vote for our candidate');
  expect(JSON.stringify(findings.campaigns)).not.toContain('Please look into');
  const verified = await tocsin(['verify', caseFolder]);
  expect([verified.err, verified.code]).toEqual(['', 0]);
});
