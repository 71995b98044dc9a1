/** Hosts kept of one message: a person's own words name a few. */
const LINK_HOSTS_MAX = 100;

/**
 * Hosts of the web links in words or markup, lower case, but those that mail programs put there.
 */
export function linkHosts(source: string, where: 'words' | 'markup'): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const [, host = ''] of source.matchAll(where === 'words' ? IN_WORDS : IN_MARKUP)) {
    const name = host.toLowerCase().replace(/^www\./, '');
    if (!CLIENT_HOSTS.has(name)) hosts.add(name);
    if (hosts.size >= LINK_HOSTS_MAX) break;
  }
  return hosts;
}

const IN_WORDS = /(?:\bhttps?:\/\/|\b(?=www\.\w))([^\s"'<>()[\]/?#:]{1,253})/gi;
const IN_MARKUP =
  /(?:\b(?:href|action)\s{0,9}=\s{0,9}["']?|\burl\(\s{0,9}["']?)\s{0,9}(?:https?:)?\/\/([^\s"'<>/?#:]{1,253})/gi;

/** In lines that phones and providers put under what a person writes ("Get Outlook for iOS"). */
const CLIENT_HOSTS: ReadonlySet<string> = new Set([
  ...['aka.ms', 'go.microsoft.com', 'overview.mail.yahoo.com', 'mail.onelink.me'],
  ...['go.onelink.me', 'proton.me', 'protonmail.com', 'mail.aol.com', 'avg.com', 'avast.com'],
  ...['s-install.avcdn.net', 'sprh.mn'],
]);
