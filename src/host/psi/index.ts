export { nodePrimitives } from './primitives.ts';
export { sodiumCurve } from './sodium-curve.ts';
