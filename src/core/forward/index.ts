export { type ForwardInput, findInlineForwards, type InlineForward } from './inline-forward.ts';
