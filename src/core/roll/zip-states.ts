/**
 * First three digits of ZIP codes by state, as the United States Postal Service assigns them
 * (Publication 65 and its labelling list L002, 2024): `state:from-until,...`. Military and other
 * special prefixes are left out: nobody is registered there alone.
 */
const PREFIXES =
  'AL:350-369 AK:995-999 AZ:850-865 AR:716-729 CA:900-961 CO:800-816 CT:060-069 DE:197-199 ' +
  'DC:200-200,202-205 FL:320-339,341-342,344-344,346-347,349-349 GA:300-319,398-399 HI:967-968 ' +
  'ID:832-838 IL:600-629 IN:460-479 IA:500-528 KS:660-679 KY:400-427 LA:700-714 ME:039-049 ' +
  'MD:206-219 MA:010-027,055-055 MI:480-499 MN:550-567 MS:386-397 MO:630-658 MT:590-599 ' +
  'NE:680-693 NV:889-898 NH:030-038 NJ:070-089 NM:870-884 NY:005-005,063-063,100-149 NC:270-289 ' +
  'ND:580-588 OH:430-459 OK:730-749 OR:970-979 PA:150-196 PR:006-007,009-009 RI:028-029 ' +
  'SC:290-299 SD:570-577 TN:370-385 TX:733-733,750-799,885-885 UT:840-847 VT:050-054,056-059 ' +
  'VA:201-201,220-246 WA:980-994 WV:247-268 WI:530-549 WY:820-831';

/**
 * Makes a look-up of the state of a ZIP code; it gives null where the first three digits tell none.
 * A prefix that two states share (063: Connecticut, and Fishers Island of New York) tells none.
 */
export function createZipStates(): (zip: string) => string | null {
  const states = new Map<string, string | null>();
  for (const row of PREFIXES.split(' ')) {
    const [state = '', ranges = ''] = row.split(':');
    for (const range of ranges.split(',')) {
      const [from, until] = range.split('-').map(Number);
      for (let prefix = from ?? 0; prefix <= (until ?? -1); prefix++) {
        const key = String(prefix).padStart(3, '0');
        states.set(key, states.has(key) ? null : state);
      }
    }
  }
  return (zip) => states.get(zip.slice(0, 3)) ?? null;
}
