export { nodeKernels } from './node-kernels.ts';
export { rememberingDigest } from './remembered-digest.ts';
export { systemClock } from './system-clock.ts';
