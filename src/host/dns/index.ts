export {
  type DnsAsk,
  type DnsSource,
  liveDns,
  QUESTION_TIME_MAX_MS,
  recordedDns,
} from './dns-source.ts';
export {
  MESSAGE_QUESTIONS_MAX,
  MESSAGE_TIME_MAX_MS,
  type RecordingResolver,
  recordingResolver,
} from './recording-resolver.ts';
