export {
  boundedDns,
  RUN_QUESTIONS_MAX,
  RUN_TIME_MAX_MS,
  SILENT_MAX,
} from './bounded-dns.ts';
export {
  askingClock,
  type DnsSource,
  lastAsked,
  liveDns,
  NOT_RECORDED,
  recordedDns,
} from './dns-source.ts';
export {
  MESSAGE_QUESTIONS_MAX,
  MESSAGE_TIME_MAX_MS,
  type RecordingResolver,
  recordingResolver,
} from './recording-resolver.ts';
