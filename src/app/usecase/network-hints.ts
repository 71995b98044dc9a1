import { type NetworkTable, networkHints } from '../../core/networks/index.ts';
import type { Investigation } from '../../core/report/index.ts';

/**
 * The investigation with what tables of networks say of each recorded address.
 *
 * It is done after everything else is drawn together, so no hint can reach an answer or a verdict.
 * Tables that hold none of the addresses are named all the same.
 */
export const withNetworkHints = (
  investigation: Investigation,
  tables: readonly NetworkTable[],
): Investigation => ({
  ...investigation,
  networkTables: tables.map(({ name, asOf, credit }) => ({ name, asOf, credit })),
  campaigns: investigation.campaigns.map((campaign) => ({
    ...campaign,
    routes: campaign.routes.map((route) => ({ ...route, hints: networkHints(route.ip, tables) })),
  })),
});
