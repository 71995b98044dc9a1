import type { CommandRow } from './command.ts';

/** Every command, in the order of the help. Each loads only when it is asked for. */
export const COMMANDS: readonly CommandRow[] = [
  {
    name: 'investigate',
    summary: 'the main job: a folder of reported mail becomes a report with its evidence',
    load: async () => (await import('./commands/investigate.ts')).investigate,
  },
  {
    name: 'examine',
    summary: 'one mail, mbox or zip: message tree, route, parts with hashes; keeps nothing',
    load: async () => (await import('./commands/examine.ts')).examine,
  },
  {
    name: 'campaigns',
    summary: 'texts of any kind: campaigns, templates, slots; keeps nothing',
    load: async () => (await import('./commands/campaigns.ts')).campaigns,
  },
  {
    name: 'verify',
    summary: 'hashes every exhibit again, checks the log, derives a sample of findings again',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'exposure',
    summary: 'whose data it was: links reports to voter-list releases, source, size, targeting',
    load: async () => (await import('./commands/exposure.ts')).exposure,
  },
  {
    name: 'roll',
    summary: 'voter lists and the copies handed out: manifests, marks, canaries',
    load: async () => (await import('./commands/roll.ts')).roll,
  },
  {
    name: 'match',
    summary: 'who is on both lists, counted by cell: a hub and a county, neither shows its list',
    load: async () => (await import('./commands/match.ts')).match,
  },
  {
    name: 'access-log',
    summary: 'logs of a look-up page: records tried one after the other, how many, when, by whom',
    load: async () => (await import('./commands/access-log.ts')).accessLog,
  },
  {
    name: 'replay',
    summary: 'writes synthetic evidence of the founding case, with its truth',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
];
