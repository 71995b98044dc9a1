import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Reading mail that is made to hurt (docs/limits.md): each input in a process of its own, CPU time of
 * the reading alone, peak memory of the whole process, and which limits were met.
 *
 * `node bench/hostile.ts [NAME...]`: asked is under 0.5 s each, and under 300 MB for `base64`.
 * `node bench/hostile.ts --examine` measures `tocsin examine` on 104 MB, from its start to its end:
 * a public hop, an HTML text and one attachment.
 */
const HEAD = 'From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\n';

const repeated = (text: string, bytes: number): string =>
  text.repeat(Math.ceil(bytes / text.length));

function nested(depth: number): string {
  let text = HEAD;
  for (let n = 0; n < depth; n += 1)
    text += `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`;
  return `${text}Content-Type: text/plain\r\n\r\ninmost`;
}

const NESTED_BYTES_MAX = 11_000_000;

/** A message in a message, each level quoted-printable again. */
function nestedQuotedPrintable(depth: number): string {
  let text = `${HEAD}\r\n${'a line of text with an = sign\r\n'.repeat(25_000)}`;
  for (let n = 0; n < depth && text.length < NESTED_BYTES_MAX; n += 1) {
    const body = text.replaceAll('=', '=3D');
    text = `${HEAD}Content-Type: message/rfc822\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`;
  }
  return text;
}

const typed = (type: string, encoding: string, body: string): string =>
  `${HEAD}Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;

const base64Line = `${'QUJD'.repeat(19)}\r\n`;
const paragraph = '<p class="x" style="color:#fff">Your <b>vote</b> &amp; your name</p>\r\n';

const INPUTS: Readonly<Record<string, () => string>> = {
  base64: () => typed('application/pdf', 'base64', repeated(base64Line, 104_000_000)),
  'plain text': () => typed('text/plain', '8bit', repeated('Vote by mail, they said.\r\n', 104e6)),
  'nested multiparts': () => nested(10_000),
  'many parts': () =>
    `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(200_000)}`,
  'long header': () => `${HEAD}X: ${'x'.repeat(20_000_000)}\r\n\r\nbody`,
  'many Received': () =>
    `${'Received: from a.example ([192.0.2.1]) by b.example; Tue, 20 Oct 2020 10:00:00 +0000\r\n'.repeat(100_000)}${HEAD}\r\nbody`,
  'long line': () => `${HEAD}\r\n${'x'.repeat(50_000_000)}`,
  'quoted-printable': () =>
    typed('text/plain', 'quoted-printable', repeated('Gr=C3=BC=C3=9Fe aus K=C3=B6ln =\r\n', 30e6)),
  'encoded words': () => `${HEAD}X: ${'=?utf-8?q?a?= '.repeat(50_000)}\r\n\r\nbody`,
  'many addresses': () => `To: ${'a@example.org, '.repeat(100_000)}\r\n\r\nbody`,
  html: () => typed('text/html', '8bit', repeated(paragraph, 30_000_000)),
  'open tags': () => typed('text/html', '8bit', repeated('<a <', 30_000_000)),
  'nested quoted-printable': () => nestedQuotedPrintable(200),
};

interface Measured {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly limits: readonly string[];
  readonly messages: number;
}

async function measure(file: string): Promise<Measured> {
  const { readMessage } = await import('../src/core/mail/index.ts');
  const { nodeKernels } = await import('../src/host/kernels/index.ts');
  const bytes = readFileSync(file);
  const before = process.cpuUsage();
  const { messages, limits } = readMessage(bytes, nodeKernels);
  const route = messages.reduce((sum, message) => sum + message.route.length, 0);
  const { user, system } = process.cpuUsage(before);
  if (route < 0) throw new Error('no such route');
  return {
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1000,
    limits: limits.map(({ code }) => code),
    messages: messages.length,
  };
}

function bench(names: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-hostile-'));
  for (const name of names) {
    const make = INPUTS[name];
    if (make === undefined) throw new Error(`no such input: ${name}`);
    const file = join(folder, 'input.eml');
    const text = make();
    writeFileSync(file, text, 'latin1');
    const child = spawnSync(process.execPath, [import.meta.filename, '--read', file], {
      encoding: 'utf8',
    });
    if (child.status !== 0) throw new Error(`${name} failed: ${child.stderr}`);
    const { cpuSeconds, peakMegabytes, limits, messages } = JSON.parse(child.stdout) as Measured;
    const size = `${(text.length / 1e6).toFixed(1)} MB`.padStart(9);
    const cost = `${cpuSeconds.toFixed(2)} s CPU ${peakMegabytes.toFixed(0).padStart(4)} MB peak`;
    const found = `${messages} message(s) ${limits.join(' ')}`;
    process.stdout.write(`${name.padEnd(24)}${size}  ${cost}  ${found}\n`);
  }
  rmSync(folder, { recursive: true });
}

function benchExamine(): void {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-examine-'));
  const file = join(folder, 'input.eml');
  const hop = 'Received: from a.example (b.example [192.0.2.7]) by c.example with ESMTP; ';
  const page = `--b\r\nContent-Type: text/html\r\n\r\n${paragraph}`;
  const pdf = '--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const parts = `${page}${pdf}${repeated(base64Line, 104_000_000)}QQ==\r\n--b--\r\n`;
  const head = `${hop}Tue, 20 Oct 2020 10:00:00 +0000\r\n${HEAD}`;
  const text = `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${parts}`;
  writeFileSync(file, text, 'latin1');
  const told = 'process.on("exit",()=>console.error(JSON.stringify(process.resourceUsage())))';
  const command = [join(import.meta.dirname, '../bin/tocsin'), 'examine', file];
  // The first run fills the compile cache, as an installed program has it.
  for (let run = 0; run < 4; run += 1) {
    const args = ['--import', `data:text/javascript,${told}`, ...command];
    const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (child.status !== 0) throw new Error(`examine failed: ${child.stderr}`);
    const usage = JSON.parse(child.stderr) as NodeJS.ResourceUsage;
    const cpu = ((usage.userCPUTime + usage.systemCPUTime) / 1e6).toFixed(2);
    const peak = (usage.maxRSS / 1000).toFixed(0);
    if (run > 0) process.stdout.write(`examine 104 MB: ${cpu} s CPU, ${peak} MB peak\n`);
  }
  rmSync(folder, { recursive: true });
}

const [flag, file = ''] = process.argv.slice(2);
if (flag === '--read') process.stdout.write(JSON.stringify(await measure(file)));
else if (flag === '--examine') benchExamine();
else bench(flag === undefined ? Object.keys(INPUTS) : process.argv.slice(2));
