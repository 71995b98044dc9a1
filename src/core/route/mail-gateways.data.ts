/** A service that filters mail for its customers and hands it on to their mail servers. */
export interface MailGateway {
  readonly name: string;
  /** Domains of its hosts. */
  readonly domains: readonly string[];
  /** Address blocks that it hands mail over from; empty where none are published as its own. */
  readonly blocks: readonly string[];
}

/**
 * Filtering services that many offices have in front of their mailboxes.
 *
 * Domains are written down from general knowledge. Blocks, looked up on 23 November 2026 in public
 * copies of what the services publish for their customers' connectors and SPF records: Proofpoint's
 * support page and a list of Microsoft's support for Proofpoint; connector scripts of
 * administrators for Proofpoint Essentials, Mimecast and Barracuda; SPF records of customers for
 * Cisco and Symantec, and of `spf.tmes.trendmicro.com`. Blocks move: compare them with the
 * services' own lists before a verdict rests on one. A service without blocks is known by a
 * verified name alone.
 */
export const MAIL_GATEWAYS: readonly MailGateway[] = [
  {
    name: 'Proofpoint',
    domains: ['pphosted.com', 'ppe-hosted.com'],
    blocks: [
      ...['67.231.144.0/20', '148.163.128.0/19', '205.220.160.0/19', '66.159.224.0/19'],
      ...['208.84.64.0/22', '208.86.200.0/22', '62.209.50.0/23', '91.207.212.0/23'],
      ...['91.209.104.0/24', '185.132.180.0/22', '185.183.28.0/22'],
    ],
  },
  {
    name: 'Mimecast',
    domains: ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'],
    blocks: [
      ...['170.10.128.0/22', '170.10.132.0/23', '205.139.110.0/23', '207.211.30.0/24'],
      ...['207.211.31.0/25', '216.205.24.0/24', '63.128.21.0/24', '216.145.221.0/24'],
      ...['91.220.42.0/24', '146.101.78.0/24', '195.130.217.0/24', '207.82.80.0/24'],
      ...['185.58.84.0/22', '193.7.206.0/25', '193.7.207.0/25', '213.167.75.0/25'],
      ...['213.167.81.0/25', '51.163.158.0/24', '194.104.109.0/24', '194.104.111.0/24'],
      ...['41.74.192.0/20', '147.28.36.0/24'],
    ],
  },
  {
    name: 'Barracuda',
    domains: ['ess.barracuda.com', 'barracudanetworks.com'],
    blocks: ['209.222.80.0/21', '64.235.144.0/20'],
  },
  {
    name: 'Cisco',
    domains: ['iphmx.com'],
    blocks: ['68.232.128.0/19', '139.138.32.0/19', '207.54.64.0/19', '216.71.128.0/19'],
  },
  {
    name: 'Symantec',
    domains: ['messagelabs.com'],
    blocks: [
      ...['67.219.240.0/20', '216.82.240.0/20', '85.158.136.0/21', '95.131.104.0/21'],
      ...['46.226.48.0/21', '117.120.16.0/21', '103.9.96.0/22', '193.109.254.0/23'],
      ...['194.106.220.0/23', '195.245.230.0/23', '196.14.170.0/23'],
    ],
  },
  {
    name: 'Trend Micro',
    domains: ['trendmicro.com', 'trendmicro.eu'],
    blocks: [
      ...['18.208.22.64/26', '18.208.22.128/25', '18.188.9.192/26', '18.188.239.128/26'],
      ...['18.185.115.0/25', '18.185.115.128/26', '34.253.238.128/26', '34.253.238.192/26'],
      ...['13.238.202.0/25', '13.238.202.128/26', '18.176.203.128/25', '13.213.174.128/25'],
      ...['18.177.156.0/25', '13.213.220.0/25', '150.70.224.0/20', '216.104.16.0/20'],
    ],
  },
  { name: 'Sophos', domains: ['hydra.sophos.com'], blocks: [] },
  { name: 'FireEye', domains: ['fireeyecloud.com', 'fireeyegov.com'], blocks: [] },
];
