export type { Brand } from './brand.ts';
export { hexOf, joinBytes } from './bytes.ts';
export { canonicalJson, type Json } from './canonical-json.ts';
export { compareText } from './compare-text.ts';
export { isDay } from './day.ts';
export { parseSha256, type Sha256 } from './digest.ts';
export { grouped } from './grouped.ts';
export {
  type Instant,
  instantFromMilliseconds,
  millisecondsOf,
  parseInstant,
} from './instant.ts';
export type { Kernels } from './kernels.ts';
export { latin1Bytes } from './latin1-bytes.ts';
export type { Limit } from './limit.ts';
export { MONTHS } from './months.ts';
export { OnDemand } from './on-demand.ts';
export { type Random, randomFrom } from './random.ts';
export { isRecord, parseRecord } from './record.ts';
export { assert, Defect, fail, ok, type Result } from './result.ts';
export { spreadSample } from './spread-sample.ts';
export { systemCode } from './system-code.ts';
