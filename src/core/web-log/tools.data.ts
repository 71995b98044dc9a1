/**
 * User agents that name a tool. What a client says of itself is a claim: anyone can send any text.
 * `script` tools fetch pages without a person; `scanner` tools look for holes.
 */
export const TOOL_SIGNATURES: readonly (readonly [
  pattern: RegExp,
  tool: string,
  kind: 'script' | 'scanner',
])[] = [
  [/sqlmap/i, 'sqlmap', 'scanner'],
  [/acunetix|wvs\b/i, 'Acunetix', 'scanner'],
  [/nikto/i, 'Nikto', 'scanner'],
  [/nessus/i, 'Nessus', 'scanner'],
  [/netsparker|invicti/i, 'Netsparker', 'scanner'],
  [/openvas|gvm/i, 'OpenVAS', 'scanner'],
  [/nmap/i, 'Nmap', 'scanner'],
  [/masscan/i, 'masscan', 'scanner'],
  [/zgrab/i, 'ZGrab', 'scanner'],
  [/nuclei/i, 'Nuclei', 'scanner'],
  [/gobuster|dirbuster|dirb\b|feroxbuster|ffuf|wfuzz/i, 'directory scanner', 'scanner'],
  [/wpscan/i, 'WPScan', 'scanner'],
  [/burp/i, 'Burp', 'scanner'],
  [/owasp|\bzap\//i, 'ZAP', 'scanner'],
  [/\bcurl\//i, 'cURL', 'script'],
  [/\bwget\//i, 'Wget', 'script'],
  [/python-requests/i, 'Python requests', 'script'],
  [/aiohttp|httpx|python-urllib|urllib|python\//i, 'Python', 'script'],
  [/scrapy/i, 'Scrapy', 'script'],
  [/go-http-client/i, 'Go', 'script'],
  [/libwww-perl|lwp::|www-mechanize/i, 'Perl', 'script'],
  [/^ruby|faraday|mechanize/i, 'Ruby', 'script'],
  [/^java\/|apache-httpclient|jakarta/i, 'Java', 'script'],
  [/guzzle|^php/i, 'PHP', 'script'],
  [/node-fetch|axios|undici|^node/i, 'Node', 'script'],
  [/powershell/i, 'PowerShell', 'script'],
  [/postman|insomnia/i, 'API client', 'script'],
  [/httrack|webcopier|teleport|offline explorer/i, 'site copier', 'script'],
  [
    /free download manager|\bfdm\b|internet download manager|download ?master|getright|flashget/i,
    'download manager',
    'script',
  ],
  [/headlesschrome|phantomjs|puppeteer|playwright|selenium/i, 'automated browser', 'script'],
];

/** User agents of scanning tools, for one look at each request. */
export const SCANNER_AGENT =
  /sqlmap|acunetix|wvs\b|nikto|nessus|netsparker|invicti|openvas|nmap|masscan|zgrab|nuclei|gobuster|dirbuster|feroxbuster|ffuf|wfuzz|wpscan|burp|owasp/i;
