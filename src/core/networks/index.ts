export { type IpTable, readIpTable } from './ip-table.ts';
export { type NetworkHint, type NetworkTable, networkHints } from './network-hint.ts';
export {
  type PackedRange,
  packIpTable,
  unpackIpTable,
} from './packed-ip-table.ts';
