export { type ByteSource, memorySource } from './byte-source.ts';
export { openFileSource, unreadFrom } from './file.ts';
export { createIntake } from './intake.ts';
export { MESSAGE_BYTES_MAX } from './limits.ts';
export { isDnsTranscript, KIND_HEAD_BYTES } from './looks-like.ts';
export { readMessages } from './messages.ts';
export { receivedKind } from './received-kind.ts';
export { isStandardInput, readStandardInput, STANDARD_INPUT } from './standard-input.ts';
