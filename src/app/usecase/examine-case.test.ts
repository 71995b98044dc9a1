import { expect, test } from 'vitest';
import type { Exhibit, Finding } from '../../core/evidence/index.ts';
import { nodeKernels as kernels } from '../../host/kernels/index.ts';
import { type ExaminePorts, examineCase } from './examine-case.ts';

const MAIL =
  'From: a@x.example\r\nTo: v@y.example\r\nSubject: hello\r\n\r\nvote early, vote here\r\n';

function caseOf(mails: readonly string[]): { ports: ExaminePorts; findings: Map<string, Finding> } {
  const bytes = mails.map((mail) => kernels.encode(mail));
  const exhibits = bytes.map((one): Exhibit => {
    return { digest: kernels.sha256(one), bytes: one.length, kind: 'message' };
  });
  const findings = new Map<string, Finding>();
  const ports: ExaminePorts = {
    kernels,
    progress: { update: () => undefined, note: () => undefined, finish: () => undefined },
    intake: {
      messages: async function* ({ digest }) {
        const at = exhibits.findIndex((exhibit) => exhibit.digest === digest);
        const place = { path: '0', base: 'exhibit', offset: 0, transforms: [], open: () => null };
        yield { message: { ...place, bytes: bytes[at] ?? new Uint8Array() } };
      },
    },
    store: {
      exhibits: async function* () {
        for (const exhibit of exhibits) yield { ...exhibit, custody: [] };
      },
      findings: async function* (stage, methodVersion) {
        for (const finding of findings.values()) {
          if (finding.stage === stage && finding.methodVersion === methodVersion) yield finding;
        }
      },
      known: async (keys) => new Set(keys.filter((key) => findings.has(key))),
      addFindings: async (batch) => {
        const fresh = batch.filter(({ key }) => !findings.has(key));
        for (const finding of fresh) findings.set(finding.key, finding);
        return { added: fresh.length };
      },
    },
  };
  return { ports, findings };
}

test('a case is read once, and again for a stage whose method has changed since', async () => {
  const { ports, findings } = caseOf([MAIL, `${MAIL}again`]);
  await examineCase(ports);
  const whole = new Map(findings);
  expect([...whole.values()].map(({ stage }) => stage).sort()).toEqual(
    ['examine', 'judge', 'sketch'].flatMap((stage) => [stage, stage]),
  );
  const never: ExaminePorts = {
    ...ports,
    intake: {
      messages: () => {
        throw new Error('read again');
      },
    },
  };
  await examineCase(never);
  for (const stage of ['sketch', 'judge']) {
    const [lost] = [...findings.values()].filter((finding) => finding.stage === stage);
    findings.delete(lost?.key ?? '');
    await expect(examineCase(never)).rejects.toThrow('read again');
    await examineCase(ports);
    expect(new Set(findings.keys())).toEqual(new Set(whole.keys()));
  }
});
