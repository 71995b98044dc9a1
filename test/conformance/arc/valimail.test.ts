import { expect, test } from 'vitest';
import { parseInstant } from '../../../src/core/base/index.ts';
import { readMessage } from '../../../src/core/mail/index.ts';
import { nodeKernels } from '../../../src/host/kernels/index.ts';
import { authenticateMessage } from '../../../src/host/mailauth/index.ts';
import { type Zone, zoneDns } from '../../kit/zone-dns.ts';
import groups from './arc-validation-tests.json' with { type: 'json' };

interface Vector {
  readonly spec: unknown;
  readonly description: unknown;
  readonly message: string;
  /**
   * `None`, `Pass`, `Fail`; empty where a chain that an older sealer failed is not judged again.
   */
  readonly cv: string;
}

interface Group {
  readonly description: string;
  readonly tests: Readonly<Record<string, Vector>>;
  readonly 'txt-records': Readonly<Record<string, string>>;
}

/** Row to what we say instead, and why. A row here that agrees with the suite fails the run. */
const DIFFERS: Readonly<Record<string, readonly [said: string, why: string]>> = {
  ams_fields_c_na: [
    'fail',
    'without c= the canonical form is simple/simple (RFC 6376 section 3.5); the vector is signed relaxed',
  ],
  ams_fields_h_empty: [
    'fail',
    'h= must not be empty, and must name From (RFC 6376 sections 3.5 and 5.4)',
  ],
  cv_fail_i1_as_cv_fail: [
    'fail',
    'RFC 8617 section 5.2 step 2 names it; the draft of the suite did not',
  ],
  cv_fail_i2_as2_fail: ['fail', 'as above'],
  cv_fail_i2_as1_fail: ['fail', 'as above'],
};

const now = parseInstant('2017-01-04T00:00:00Z');
if (!now.ok) throw new Error('fixed time');

async function resultOf({ message: text }: Vector, records: Group['txt-records']) {
  const bytes = Buffer.from(text);
  const [message] = readMessage(bytes, nodeKernels).messages;
  if (message === undefined || !now.ok) return 'none';
  const zone: Zone = Object.fromEntries(
    Object.entries(records).map(([name, record]) => [`TXT ${name}`, [[record]]]),
  );
  const dns = zoneDns(zone, now.value);
  const { authentication } = await authenticateMessage({ bytes, message, dns });
  return authentication.arc?.result ?? 'none';
}

const rows = (groups as unknown as readonly Group[]).flatMap((group) =>
  Object.entries(group.tests).map(
    ([name, vector]) =>
      [`${group.description}: ${name}`, name, vector, group['txt-records']] as const,
  ),
);

test('the suite is whole', () => {
  expect(rows).toHaveLength(171);
  expect(Object.keys(DIFFERS).filter((name) => !rows.some((row) => row[1] === name))).toEqual([]);
});

test.each(rows)('%s', async (_, name, vector, records) => {
  const said = await resultOf(vector, records);
  const wanted = vector.cv.toLowerCase();
  const [instead] = DIFFERS[name] ?? [wanted];
  expect(said).toBe(instead);
  if (name in DIFFERS) expect(said).not.toBe(wanted);
});
