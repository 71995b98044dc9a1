/** Written by `node tools/networks.ts`; sources in SOURCE.md. */
export const TABLES = [
  {
    file: 'countries.pages',
    name: 'IPFire location database',
    asOf: '2026-06-25',
    credit: 'IPFire Project, location.ipfire.org, CC BY-SA 4.0',
  },
  {
    file: 'networks.pages',
    name: 'ip-location-db asn',
    asOf: '2026-06-17',
    credit: 'routeviews.org, the regional registries and db-ip.com, CC BY 4.0',
  },
] as const;
