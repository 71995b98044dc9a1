export {
  type Curve,
  type Draw,
  drawScalar,
  ELEMENT_BYTES,
  type Element,
  type Scalar,
} from './curve.ts';
export { deriveKey, finalize, hashToGroup, outputOf, proofHolds, prove } from './oprf.ts';
