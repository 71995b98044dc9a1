export { networkTables } from './given-tables.ts';
