import type { MailMessage } from '../mail/index.ts';
import type { Observable } from './observable.ts';

type Writer = Pick<MailMessage, 'from' | 'parts'>;

/** What a mail carries that somebody is meant to open: the writer's own traces are left out. */
export const carriedLoad = (
  observables: readonly Observable[],
  message: Writer,
): readonly Observable[] => observables.filter((trace) => isCarried(trace, message));

/**
 * A link to elsewhere, or an attached file. The writer's own addresses, telephone and site are a
 * voter's, and pictures in a signature are no files that somebody is meant to open.
 */
function isCarried(
  { type, value, ofRecipient, where }: Observable,
  { from, parts }: Writer,
): boolean {
  if (ofRecipient) return false;
  switch (type) {
    case 'link-mismatch':
      return true;
    case 'url':
      return !isOwnSite(value, from?.address.toLowerCase().split('@')[1] ?? '');
    case 'hash':
    case 'file-name':
      return where.some(({ place, at }) => {
        if (place !== 'attachment' && place !== 'attachment-name') return false;
        const part = parts.find(({ path }) => path === at);
        return part?.disposition === 'attachment' || !part?.contentType.startsWith('image/');
      });
    default:
      return false;
  }
}

function isOwnSite(url: string, domain: string): boolean {
  const host = /^[a-z]+:\/\/([^/:?#]{1,255})/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}
