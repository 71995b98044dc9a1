import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather } from './chunks.ts';

const chunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 5 });

async function* streamOf(list: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* list;
}

test('however bytes come and whatever was expected, they are gathered as they are up to the most', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat(30), fc.nat(30), async (list, most, expected) => {
      const all = Uint8Array.from(list.flatMap((chunk) => [...chunk]));
      const before = list.map((chunk) => chunk.slice());
      const { bytes, cut } = await gather(streamOf(list), most, expected);
      expect(Uint8Array.from(bytes)).toEqual(all.slice(0, most));
      expect(cut).toBe(all.length > most);
      expect(list).toEqual(before);
    }),
    { seed: 20_201_021 },
  );
});

test('a stream that gives all in one chunk is not copied', async () => {
  const whole = Uint8Array.of(1, 2, 3);
  expect((await gather(streamOf([whole]), 10, 3)).bytes.buffer).toBe(whole.buffer);
});
