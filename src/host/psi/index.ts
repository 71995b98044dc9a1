export { sodiumCurve } from './sodium-curve.ts';
