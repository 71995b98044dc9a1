import { hexOf, type Kernels } from '../base/index.ts';

/** Currencies whose addresses are told. */
export type Currency = 'bitcoin' | 'litecoin' | 'ethereum' | 'monero';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/**
 * The currency of a payment address; null for a word that is none.
 *
 * Bitcoin and Litecoin addresses must hold their checksum (Base58Check; BIP 173 and 350).
 * Ethereum and Monero need Keccak for theirs and are told by shape alone.
 */
export function walletCurrency(word: string, kernels: Kernels): Currency | null {
  const bech = BECH32_WORD.exec(word);
  if (bech !== null) {
    const currency = bech[1]?.toLowerCase() === 'bc' ? 'bitcoin' : 'litecoin';
    return isBech32(word) ? currency : null;
  }
  if (/^0x[0-9a-fA-F]{40}$/.test(word)) return 'ethereum';
  if (/^[48][1-9A-HJ-NP-Za-km-z]{94}$/.test(word)) return 'monero';
  if (!/^[13LM][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(word)) return null;
  const version = base58CheckVersion(word, kernels);
  if (version === 0x00 || version === 0x05) return 'bitcoin';
  return version === 0x30 || version === 0x32 ? 'litecoin' : null;
}

const BECH32_WORD = /^(bc|ltc)1[02-9ac-hj-np-z]{11,71}$/i;

/** Of the shape whose letters may all be upper case and mean the same (BIP 173). */
export const isBech32Word = (word: string): boolean => BECH32_WORD.test(word);

/** Version byte of a 25-byte Base58Check payload whose double SHA-256 checksum holds. */
function base58CheckVersion(word: string, kernels: Kernels): number | null {
  const bytes = new Uint8Array(25);
  for (const char of word) {
    let carry = BASE58.indexOf(char);
    for (let at = 24; at >= 0; at -= 1) {
      carry += (bytes[at] ?? 0) * 58;
      bytes[at] = carry & 0xff;
      carry >>= 8;
    }
    if (carry !== 0) return null;
  }
  const twice = kernels.sha256(hexBytes(kernels.sha256(bytes.subarray(0, 21))));
  const stated = hexOf(bytes.subarray(21));
  return twice.startsWith(stated) ? (bytes[0] ?? null) : null;
}

const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
/** BIP 173, and BIP 350 for witness version 1 and later. */
const CONSTANTS: ReadonlySet<number> = new Set([1, 0x2bc830a3]);

function isBech32(word: string): boolean {
  if (word !== word.toLowerCase() && word !== word.toUpperCase()) return false;
  const lower = word.toLowerCase();
  const split = lower.lastIndexOf('1');
  const prefix = Array.from(lower.slice(0, split), (c) => c.charCodeAt(0));
  const values = [
    ...prefix.map((code) => code >> 5),
    0,
    ...prefix.map((code) => code & 31),
    ...Array.from(lower.slice(split + 1), (c) => BECH32.indexOf(c)),
  ];
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATOR.entries())
      if (((top >> bit) & 1) === 1) sum ^= generator;
  }
  return CONSTANTS.has(sum >>> 0);
}
