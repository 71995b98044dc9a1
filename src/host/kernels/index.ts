export { nodeKernels } from './node-kernels.ts';
