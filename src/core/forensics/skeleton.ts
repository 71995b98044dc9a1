import { CONFUSABLES } from './confusables.data.ts';

/** Turns text into what it looks like; two texts with one skeleton are confusable. */
export type Skeleton = (text: string) => string;

/**
 * The skeleton of UTS #39 section 4, over lower-case text: NFD, each character replaced by the ASCII
 * that it resembles, accents dropped.
 *
 * Lower case first, because hosts have no case and a person does not read `EXAMPLE` as another
 * name than `example`. `m` becomes `rn` and `1` becomes `l`: not for people to read.
 */
export function skeletonReader(): Skeleton {
  const lookalikes = new Map<string, string>();
  for (const [ascii, points] of CONFUSABLES)
    for (const hex of points.split(' '))
      lookalikes.set(String.fromCodePoint(Number.parseInt(hex, 16)), ascii);
  const once = (text: string): string => {
    let out = '';
    for (const char of text) out += lookalikes.get(char) ?? char;
    return out;
  };
  return (text) => {
    const plain = once(text.toLowerCase().normalize('NFD')).toLowerCase();
    return once(plain.replace(/[\p{M}\p{Cf}]/gu, '')).toLowerCase();
  };
}
