import { describe, expect, test } from 'vitest';
import { smallTruth } from '../../../test/kit/replay.ts';
import type { TrueOriginal } from '../replay/index.ts';
import type { CampaignSummary, MemberRef } from '../report/index.ts';
import { type Findings, renderScore, scoreReplay } from './index.ts';

const truth = smallTruth();
const threats = truth.originals.filter((row) => row.campaign !== null);
const others = truth.originals.filter((row) => row.campaign === null);

const refOf = (row: TrueOriginal): MemberRef => ({
  exhibit: row.exhibit,
  path: row.sha256 === null ? `${row.position}.i${row.order + 1}` : `${row.position}.1`,
  sha256: row.sha256 ?? 'f'.repeat(64),
  held: row.sha256 === null ? 'inline' : 'message',
  shownSender: row.shownSender,
});

type Members = readonly MemberRef[];

/** A campaign summary with the fields that a score reads. */
function campaign(id: string, members: Members): CampaignSummary {
  const senders = [...new Set(members.map((ref) => ref.shownSender ?? ''))];
  return {
    id,
    members,
    originals: members.length,
    distinctRecipients: truth.totals.distinctRecipients,
    shownSenders: senders.map((address) => ({
      address,
      name: '',
      messages: members.filter((ref) => ref.shownSender === address).length,
    })),
  } as unknown as CampaignSummary;
}

const findings = (campaigns: readonly Members[], unclustered: Members): Findings =>
  ({
    campaigns: campaigns.map((members, at) => campaign(`c${at}`, members)),
    unclustered,
    counts: { exhibits: new Set(truth.originals.map((row) => row.exhibit)).size },
  }) as unknown as Findings;

const all = threats.map(refOf);
const rest = others.map(refOf);
const perfect = scoreReplay(truth, findings([all], rest));

describe('a perfect investigation', () => {
  test('scores one everywhere', () => {
    expect(perfect.found.hits).toBe(perfect.found.of);
    expect(perfect.letters.hits).toBe(perfect.letters.of);
    expect(perfect.falseOriginals).toEqual([]);
    expect(perfect.campaigns).toMatchObject({ precision: 1, recall: 1, f1: 1, clusters: 1 });
    expect(perfect.campaigns.contamination.hits).toBe(0);
    expect(perfect.shownSender).toEqual({ hits: threats.length, of: threats.length });
    expect(perfect.secondSender).toEqual({ apart: true, counted: 3, of: 3 });
    for (const { said, truth: is } of perfect.counts) expect(said).toBe(is);
  });

  test('does not depend on the order in which it lists what it found', () => {
    const shuffled = findings([all.toReversed()], rest.toReversed());
    expect(scoreReplay(truth, shuffled)).toEqual(perfect);
  });

  test('finds both reports of a file that was handed over twice, though it is one exhibit', () => {
    const again = threats.find((row) => row.form === 'eml') as TrueOriginal;
    const handedTwice = { ...truth, originals: [...truth.originals, { ...again, file: 'other' }] };
    const score = scoreReplay(handedTwice, findings([all], rest));
    expect(score.found).toEqual({ hits: perfect.found.of + 1, of: perfect.found.of + 1 });
    expect(score.campaigns).toEqual(perfect.campaigns);
    expect(score.counts).toEqual(perfect.counts);
  });

  test('may set letters aside, and nothing else', () => {
    const isLetter = (row: TrueOriginal): boolean => /^(?:letter|screenshot)$/.test(row.form);
    const letters = others.filter(isLetter).map(refOf);
    const bulk = others.filter((row) => !isLetter(row)).map(refOf);
    expect(scoreReplay(truth, { ...findings([all], bulk), letters })).toEqual(perfect);
    const taken = { ...findings([all], []), letters: rest };
    expect(scoreReplay(truth, taken).found.hits).toBe(perfect.found.of - bulk.length);
  });

  test('reads as a table', () => {
    expect(renderScore(perfect)).toMatch(/reported originals found +\d+ of \d+ \(100\.0 %\)/);
  });
});

describe('a planted error lowers its own number', () => {
  const n = threats.length;

  test('an original that was missed: found, and recall of the campaign', () => {
    const at = threats.findIndex((row) => row.form === 'attached-gmail');
    const score = scoreReplay(truth, findings([all.toSpliced(at, 1)], rest));
    expect(score.found.hits).toBe(perfect.found.hits - 1);
    expect(score.foundByForm['attached-gmail']?.hits).toBe(
      (perfect.foundByForm['attached-gmail']?.hits ?? 0) - 1,
    );
    expect(score.campaigns.precision).toBe(1);
    expect(score.campaigns.recall).toBeCloseTo(((n - 1) / n) ** 2, 12);
  });

  test('other bytes than the original: not found, and a false original', () => {
    const at = threats.findIndex((row) => row.sha256 !== null);
    const wrong = all.with(at, { ...(all[at] as MemberRef), sha256: '0'.repeat(64) });
    const score = scoreReplay(truth, findings([wrong], rest));
    expect(score.found.hits).toBe(perfect.found.hits - 1);
    expect(score.falseOriginals).toHaveLength(1);
  });

  test('an invented original: false originals only', () => {
    const ghost = { ...(all[0] as MemberRef), path: '999.1', sha256: '1'.repeat(64) };
    const score = scoreReplay(truth, findings([all], [...rest, ghost]));
    expect(score.falseOriginals).toEqual([`${ghost.exhibit} 999.1`]);
    expect({ ...score, falseOriginals: [] }).toEqual(perfect);
  });

  test('a campaign in two halves: recall one half, precision one', () => {
    const half = n / 2;
    const score = scoreReplay(truth, findings([all.slice(0, half), all.slice(half)], rest));
    expect(score.campaigns).toMatchObject({ precision: 1, recall: 0.5, clusters: 2 });
    expect(score.campaigns.f1).toBeCloseTo(2 / 3, 12);
  });

  test('background in the campaign: precision and contamination', () => {
    const score = scoreReplay(truth, findings([[...all, ...rest.slice(0, 3)]], rest.slice(3)));
    expect(score.campaigns.precision).toBeCloseTo(n / (n + 3), 12);
    expect(score.campaigns.recall).toBe(1);
    expect(score.campaigns.contamination).toEqual({ hits: 3, of: others.length });
  });

  test('background with background is no contamination', () => {
    const score = scoreReplay(truth, findings([all, rest.slice(0, 5)], rest.slice(5)));
    expect(score.campaigns).toEqual(perfect.campaigns);
  });

  test('a wrong shown sender: the sender share of its form', () => {
    const at = threats.findIndex((row) => row.form === 'inline-text-apple');
    const wrong = all.with(at, { ...(all[at] as MemberRef), shownSender: 'x@y.example' });
    const score = scoreReplay(truth, findings([wrong], rest));
    expect(score.shownSender).toEqual({ hits: n - 1, of: n });
    expect(score.shownSenderByForm['inline-text-apple']?.hits).toBe(
      (perfect.shownSenderByForm['inline-text-apple']?.hits ?? 0) - 1,
    );
  });

  test('the second sender counted as the first: not apart', () => {
    const first = truth.senders[0]?.address ?? '';
    const merged = all.map((ref) => ({ ...ref, shownSender: first }));
    const score = scoreReplay(truth, findings([merged], rest));
    expect(score.secondSender).toEqual({ apart: false, counted: 0, of: 3 });
    expect(score.counts.find(({ what }) => what === 'shown senders')).toMatchObject({ said: 1 });
  });

  test('nothing found at all: zeros, no failure', () => {
    const score = scoreReplay(truth, findings([], []));
    expect(score.found.hits).toBe(0);
    expect(score.campaigns).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  });
});
