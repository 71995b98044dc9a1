export { type ForwardInput, findInlineForwards, type InlineForward } from './inline-forward.ts';
export { FORWARDS_MAX } from './text-forward.ts';
export { FORWARD_TEXT_MAX } from './text-line.ts';
