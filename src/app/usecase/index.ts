export { type InvestigateOrder, type InvestigatePorts, investigate } from './investigate.ts';
export { createRederive, type RederivePorts } from './rederive.ts';
