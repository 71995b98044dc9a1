export { type ByteSource, memorySource } from './byte-source.ts';
export { openFileSource } from './file.ts';
export { createIntake, type IntakeParts } from './intake.ts';
export { KIND_HEAD_BYTES } from './looks-like.ts';
export { type Read, readMessages } from './messages.ts';
