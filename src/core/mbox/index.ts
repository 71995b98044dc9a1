export { createMboxSplitter } from './mbox.ts';
export { unquoteMboxrd } from './quoting.ts';
export { separatorShape } from './separator.ts';
export type { MboxProfile, MboxRange, MboxSplitter } from './splitter.ts';
