import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * How PostgreSQL is run, which refuses to run as root.
 *
 * `prefix` stands before the program; `owner` is who the data folder must belong to, null to leave
 * it as it is.
 */
export interface Account {
  readonly prefix: readonly string[];
  readonly owner: { readonly uid: number; readonly gid: number } | null;
  /** For `spawn`, where no program could change the user. */
  readonly spawnAs: { readonly uid: number; readonly gid: number } | null;
}

const AS_WE_ARE: Account = { prefix: [], owner: null, spawnAs: null };

/**
 * Lets a program without root's number read and write what root's case folder hides from others.
 */
const KEEP_ACCESS = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];

/**
 * As root, best first: a user namespace in which root's own number reads as another one, so that
 * every file stays root's; else another user (`setpriv`, else `spawn`), who is given the folder.
 * `dataFolder` may not exist yet.
 */
export function chooseAccount(dataFolder: string): Account {
  if (process.getuid?.() !== 0) return AS_WE_ARE;
  const holder = lstatSync(dataFolder, { throwIfNoEntry: false });
  const other = unprivilegedUser();
  const inNamespace = ['unshare', '--user', `--map-user=${other.uid}`, `--map-group=${other.gid}`];
  if ((holder?.uid ?? 0) === 0 && runs(inNamespace)) {
    return { prefix: inNamespace, owner: null, spawnAs: null };
  }
  const owner = holder !== undefined && holder.uid !== 0 ? pick(holder) : other;
  const changeUser = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const withAccess = [...changeUser, ...KEEP_ACCESS];
  if (runs(withAccess)) return { prefix: withAccess, owner, spawnAs: null };
  return { prefix: [], owner, spawnAs: owner };
}

const pick = ({ uid, gid }: { readonly uid: number; readonly gid: number }) => ({ uid, gid });

const runs = ([command, ...args]: readonly string[]): boolean =>
  spawnSync(command ?? '', [...args, 'true'], { stdio: 'ignore' }).status === 0;

/** The first account after root: `initdb` wants a number that /etc/passwd knows. */
function unprivilegedUser(): { readonly uid: number; readonly gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const accounts = lines.map((line) => line.split(':'));
  const other = accounts.find(([, , uid]) => /^[1-9]\d*$/.test(uid ?? ''));
  return { uid: Number(other?.[2] ?? 65_534), gid: Number(other?.[3] ?? 65_534) };
}

/**
 * Hands a folder and all in it to the account's user. Links are handed over, never followed. A
 * user without our access must also be let through the case folder, though not look into it.
 */
export function handOver(folder: string, { owner, spawnAs }: Account): void {
  if (owner === null) return;
  if (spawnAs !== null) chmodSync(dirname(folder), lstatSync(dirname(folder)).mode | 0o001);
  if (lstatSync(folder).uid !== owner.uid) chownSync(folder, owner.uid, owner.gid);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    if (lstatSync(path).uid !== owner.uid) lchownSync(path, owner.uid, owner.gid);
  }
}
