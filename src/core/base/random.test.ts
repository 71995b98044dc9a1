import { describe, expect, test } from 'vitest';
import { nodeKernels } from '../../host/kernels/index.ts';
import { randomFrom } from './index.ts';

const draws = (seed: string) => {
  const random = randomFrom(seed, nodeKernels);
  return Array.from({ length: 5 }, () => random.between(0, 1_000_000));
};

describe('seeded draws', () => {
  test('the same seed gives the same draws, another seed gives others', () => {
    expect(draws('one')).toEqual(draws('one'));
    expect(draws('one')).not.toEqual(draws('two'));
  });

  test('a seed stands for these numbers for good: replays and benches are cited by it', () => {
    const random = randomFrom('october-2020', nodeKernels);
    expect([0, 0, 0].map(() => random.between(0, 1_000_000))).toEqual([640_339, 387_055, 753_846]);
    expect(random.hex(12)).toBe('81e827250559');
    expect(random.fork('voters').hex(8)).toBe('8cc8fbb5');
    const cards = randomFrom('cards', nodeKernels).shuffle([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(cards).toEqual([3, 2, 1, 6, 7, 4, 5, 0]);
  });

  test('a fork depends on its label alone, not on what was drawn before', () => {
    const [early, late] = [randomFrom('seed', nodeKernels), randomFrom('seed', nodeKernels)];
    for (let draw = 0; draw < 10; draw++) late.unit();
    expect(late.fork('voters').hex(16)).toBe(early.fork('voters').hex(16));
    expect(early.fork('voters').hex(16)).not.toBe(early.fork('mails').hex(16));
  });

  test('draws are spread evenly and weights are kept', () => {
    const random = randomFrom('spread', nodeKernels);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 20_000; draw++) {
      const item = random.weighted([
        ['rare', 1],
        ['common', 3],
        ['never', 0],
      ]);
      counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    expect((counts.get('rare') ?? 0) / 20_000).toBeCloseTo(0.25, 1);
    expect(counts.has('never')).toBe(false);
  });

  test('a shuffle keeps every item', () => {
    const items = Array.from({ length: 50 }, (_, at) => at);
    const shuffled = randomFrom('cards', nodeKernels).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });
});
