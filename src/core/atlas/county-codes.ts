/** State FIPS codes (ANSI INCITS 38) by USPS code. */
const STATES =
  'AL01 AK02 AZ04 AR05 CA06 CO08 CT09 DE10 DC11 FL12 GA13 HI15 ID16 IL17 IN18 IA19 KS20 KY21 LA22 ' +
  'ME23 MD24 MA25 MI26 MN27 MS28 MO29 MT30 NE31 NV32 NH33 NJ34 NM35 NY36 NC37 ND38 OH39 OK40 OR41 ' +
  'PA42 RI44 SC45 SD46 TN47 TX48 UT49 VT50 VA51 WA53 WV54 WI55 WY56';

/** Two digits; null for what is no state. */
export const fipsOf = (state: string): string | null =>
  /^[A-Z]{2}$/.test(state) ? (new RegExp(`\\b${state}(\\d\\d)`).exec(STATES)?.[1] ?? null) : null;

/**
 * What the Florida extract writes for a county (Division of Elections, voter extract file layout).
 */
const FLORIDA =
  'ALA Alachua,BAK Baker,BAY Bay,BRA Bradford,BRE Brevard,BRO Broward,CAL Calhoun,CHA Charlotte,' +
  'CIT Citrus,CLA Clay,CLL Collier,CLM Columbia,DAD Miami-Dade,DES DeSoto,DIX Dixie,DUV Duval,' +
  'ESC Escambia,FLA Flagler,FRA Franklin,GAD Gadsden,GIL Gilchrist,GLA Glades,GUL Gulf,HAM Hamilton,' +
  'HAR Hardee,HEN Hendry,HER Hernando,HIG Highlands,HIL Hillsborough,HOL Holmes,IND Indian River,' +
  'JAC Jackson,JEF Jefferson,LAF Lafayette,LAK Lake,LEE Lee,LEO Leon,LEV Levy,LIB Liberty,MAD Madison,' +
  'MAN Manatee,MON Monroe,MRN Marion,MRT Martin,NAS Nassau,OKA Okaloosa,OKE Okeechobee,ORA Orange,' +
  'OSC Osceola,PAL Palm Beach,PAS Pasco,PIN Pinellas,POL Polk,PUT Putnam,SAN Santa Rosa,SAR Sarasota,' +
  'SEM Seminole,STJ St. Johns,STL St. Lucie,SUM Sumter,SUW Suwannee,TAY Taylor,UNI Union,VOL Volusia,' +
  'WAK Wakulla,WAL Walton,WAS Washington';

/** What the Washington extract writes (Secretary of State, VRDB layout). */
const WASHINGTON =
  'AD Adams,AS Asotin,BE Benton,CH Chelan,CM Clallam,CR Clark,CU Columbia,CZ Cowlitz,DG Douglas,' +
  'FE Ferry,FR Franklin,GA Garfield,GR Grant,GY Grays Harbor,IS Island,JE Jefferson,KI King,KP Kitsap,' +
  'KS Kittitas,KT Klickitat,LE Lewis,LI Lincoln,MA Mason,OK Okanogan,PA Pacific,PE Pend Oreille,' +
  'PI Pierce,SJ San Juan,SK Skagit,SM Skamania,SN Snohomish,SP Spokane,ST Stevens,TH Thurston,' +
  'WK Wahkiakum,WL Walla Walla,WM Whatcom,WT Whitman,YA Yakima';

/** `ST. JOHNS COUNTY`, `Saint Johns` and `STJOHNS` are one name. */
const plain = (name: string): string =>
  name
    .toUpperCase()
    .replace(/\b(?:COUNTY|PARISH|BOROUGH|CENSUS AREA|MUNICIPALITY)\b/g, '')
    .replace(/\bSAINT\b/g, 'ST')
    .replace(/[^A-Z0-9]/g, '');

/**
 * Makes a look-up of a state's counties by what its roll writes: the name, or the state's own code
 * (Florida, Washington; Ohio numbers its counties in the order of their names, as FIPS does by odd
 * numbers). Gives the FIPS id; null for what is no county of the state.
 */
export function countyFinder(
  state: string,
  counties: readonly { readonly id: string; readonly name: string }[],
): (written: string) => string | null {
  const byName = new Map(counties.map(({ id, name }) => [plain(name), id]));
  const codes = new Map<string, string>();
  const table = { FL: FLORIDA, WA: WASHINGTON }[state] ?? '';
  for (const row of table.split(',').filter((each) => each !== '')) {
    const blank = row.indexOf(' ');
    codes.set(row.slice(0, blank), row.slice(blank + 1));
  }
  return (written) => {
    const named = byName.get(plain(codes.get(written.trim().toUpperCase()) ?? written));
    if (named !== undefined) return named;
    const number = state === 'OH' && /^\d{1,2}$/.test(written.trim()) ? Number(written) : 0;
    const id = `39${String(2 * number - 1).padStart(3, '0')}`;
    return number > 0 && counties.some((county) => county.id === id) ? id : null;
  };
}
