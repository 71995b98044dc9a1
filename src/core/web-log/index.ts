export { type Agent, createAgents } from './agents.ts';
export {
  createLineReader,
  firstSecond,
  LINE_BYTES_MAX,
  type LineCounts,
  type LineReader,
} from './line-reader.ts';
export { type LogRequest, SIZE_UNKNOWN } from './log-request.ts';
export {
  ipv4,
  isPrivateNetwork,
  type NetworkList,
  networkOf,
  networkText,
  readNetworkList,
} from './network.ts';
export { type ProbeKind, probeOf } from './probe.ts';
export { emptyNumber, readRecordNumber, recordNumberText } from './record-number.ts';
export { createTargets, type PathInfo, type Slot, type Targets, TEMPLATES_MAX } from './target.ts';
export { SCANNER_AGENT } from './tools.data.ts';
