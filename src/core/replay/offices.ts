import { BREVANT, COLLENBY, type County, ESCARRA } from '../invented/index.ts';
import type { Receiver } from '../mail-writer/index.ts';
import { FREEMAIL } from '../mail-writer/index.ts';

/** Who takes reports in, and in which container its evidence arrives here. */
export interface Office {
  readonly name: string;
  readonly address: string;
  readonly receiver: Receiver;
  /** Folder under `evidence/`. */
  readonly folder: string;
  readonly container: 'files' | 'mboxrd' | 'takeout' | 'zip';
}

export function officeOf(county: County): Office {
  const domain = county.officeDomain;
  const address = county === ESCARRA ? `escarra.votes@${FREEMAIL.domain}` : `elections@${domain}`;
  return {
    name: county.office,
    address,
    receiver: county === ESCARRA ? FREEMAIL : receiverFor(county),
    folder: domain.replace(/\.example$/, '').replaceAll('.', '-'),
    container: containerOf(county),
  };
}

function receiverFor({ name, officeDomain, zone }: County): Receiver {
  const cloud = name === BREVANT.name || name === COLLENBY.name;
  return {
    domain: cloud ? 'outmail.example' : officeDomain,
    mx: cloud ? 'gcc02ft021.mail.protection.outmail.example' : `mx.${officeDomain}`,
    mxIp: '198.51.100.160',
    shape: cloud ? 'exchangeCloud' : 'postfix',
    zone,
  };
}

function containerOf(county: County): Office['container'] {
  switch (county) {
    case BREVANT:
      return 'mboxrd';
    case ESCARRA:
      return 'takeout';
    case COLLENBY:
      return 'zip';
    default:
      return 'files';
  }
}

/** A legal hotline: voters of many counties told it; it passed them on in digests. */
export const HOTLINE = {
  name: 'Voter Help Line',
  address: 'desk@voter-help-line.example',
} as const;

/** The state's own office: digests and second reports go there. State A has no other. */
export function stateOffice(county: County): Office {
  if (county.state !== 'F') return officeOf(county);
  const domain = 'elections.state-f.example';
  return {
    name: 'State F Division of Elections',
    address: `fraud@${domain}`,
    receiver: {
      domain,
      mx: `mx.${domain}`,
      mxIp: '198.51.100.170',
      shape: 'postfix',
      zone: county.zone,
    },
    folder: 'elections-state-f',
    container: 'files',
  };
}
