import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfficeRefusal, RollShelf } from '../../app/ports/index.ts';
import {
  fail,
  type Kernels,
  type Limit,
  ok,
  type Result,
  systemCode,
} from '../../core/base/index.ts';
import {
  checkRegister,
  type ExposureEvidence,
  type ExposureReport,
  NO_FACTS,
  parseRegister,
  parseSizeFacts,
  plantedIn,
  type SealedRegister,
  type SizeFacts,
} from '../../core/exposure/index.ts';
import { type FileRefusal, rollFailureSentence } from './failure.ts';
import { readRolls } from './linked-rolls.ts';
import type { RollFile } from './release-file.ts';
import { beside, openReleases } from './release-folder.ts';

/** Where the office's lists and what belongs to them lie. */
export interface ShelfOrder {
  /** Folder of releases with their manifests. */
  readonly releases: string;
  /** Folder of sealed registers; null: none at hand. */
  readonly registers: string | null;
  /** File of facts about the size; null: none. */
  readonly facts: string | null;
  readonly kernels: Kernels;
}

/**
 * Opens every release, register and fact that the person named, or says which one cannot be
 * trusted. One bad release refuses all: an attribution that silently leaves out a candidate names
 * another.
 */
export async function openRollShelf(order: ShelfOrder): Promise<Result<RollShelf, OfficeRefusal>> {
  const opened = openReleases(order.releases);
  if (!opened.ok) return fail(refusalOf(opened.failure));
  const files = opened.value;
  const registers = readRegisters(order.registers, files, order.kernels);
  if (!registers.ok) return registers;
  const facts = readFacts(order.facts);
  if (!facts.ok) return facts;
  const held = registers.value;
  return ok({
    parameters: {
      releases: files.map(digestsOf),
      registers: files.flatMap(({ manifest: { releaseId } }, at) => {
        const digest = held[at]?.sha256;
        return digest === undefined ? [] : [{ releaseId, sha256: digest }];
      }),
      facts: facts.value.sha256,
    },
    releases: files.map(({ manifest, layout }) => ({
      releaseId: manifest.releaseId,
      jurisdiction: manifest.jurisdiction,
      asOf: manifest.asOf,
      requester: manifest.requester,
      rows: manifest.rowCount,
      fields: [
        ...(manifest.fieldsPresent.size > 0 ? manifest.fieldsPresent : layout.places.keys()),
      ].sort(),
    })),
    registers: held.map((each) => each?.register ?? null),
    read: (reports) =>
      readShelf({ order, files, registers: held, facts: facts.value.facts }, reports),
  });
}

const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

function digestsOf({ path, manifest }: RollFile) {
  const mapping = beside(path, 'mapping');
  return {
    releaseId: manifest.releaseId,
    sha256: manifest.sha256 as string,
    manifest: sha256(readFileSync(beside(path, 'manifest'))),
    mapping: existsSync(mapping) ? sha256(readFileSync(mapping)) : null,
  };
}

const refusalOf = ({ file, failure }: FileRefusal): OfficeRefusal => ({
  code: failure.code,
  name: file,
  reason: rollFailureSentence(failure),
});

interface OpenShelf {
  readonly order: ShelfOrder;
  readonly files: readonly RollFile[];
  readonly registers: readonly (HeldRegister | null)[];
  readonly facts: SizeFacts;
}

async function readShelf(
  { order, files, registers, facts }: OpenShelf,
  reports: readonly ExposureReport[],
): ReturnType<RollShelf['read']> {
  const read = await readRolls(files, reports);
  if (!read.ok) return fail(refusalOf(read.failure));
  const { counts, reports: keys, crowdedKeys, ...reading } = read.value;
  const planted = plantedIn(
    registers.map((each) => each?.register ?? null),
    [],
  );
  const evidence: ExposureEvidence = {
    ...reading,
    reports,
    keys,
    releases: files.map(({ manifest, layout }, at) => ({
      manifest,
      fields: new Set(layout.places.keys()),
      counts: counts[at]!,
      ...planted[at]!,
    })),
    facts,
    kernels: order.kernels,
  };
  const limits = files.filter(({ layoutProposed }) => layoutProposed).map(proposedLimit);
  return ok({
    evidence,
    limits: crowdedKeys > 0 ? [...limits, crowdedLimit(crowdedKeys)] : limits,
  });
}

const proposedLimit = ({ path }: RollFile): Limit => ({
  code: 'layout-proposed',
  at: path,
  text: 'nobody named a known layout; the header names its columns, please check with "tocsin roll show"',
});

const crowdedLimit = (keys: number): Limit => ({
  code: 'blocking-crowded',
  at: 'reports',
  text: `${keys} times a name or address fits more than 1,000 rows; it was not used to find candidates`,
});

interface HeldRegister {
  readonly register: SealedRegister;
  readonly sha256: string;
}

/**
 * The register of each release, in their order, each checked against the manifest's commitments.
 */
function readRegisters(
  folder: string | null,
  files: readonly RollFile[],
  kernels: Kernels,
): Result<readonly (HeldRegister | null)[], OfficeRefusal> {
  if (folder === null) return ok(files.map(() => null));
  const found = new Map<string, HeldRegister>();
  const names = guarded(folder, () => readdirSync(folder).filter((name) => name.endsWith('.json')));
  if (!names.ok) return names;
  for (const name of names.value.sort()) {
    const path = join(folder, name);
    const text = guarded(path, () => readFileSync(path, 'utf8'));
    if (!text.ok) return text;
    const register = parseRegister(text.value);
    const manifest = files.find(
      ({ manifest: own }) => register.ok && own.releaseId === register.value.releaseId,
    )?.manifest;
    const checked =
      register.ok && manifest !== undefined
        ? checkRegister(register.value, manifest, kernels)
        : register;
    if (!checked.ok) {
      const { failure } = checked;
      const what =
        failure.code === 'register-malformed'
          ? `breaks a rule: ${failure.rule}`
          : `does not fit the manifest's commitment to its ${failure.what}`;
      return fail({ code: failure.code, name: path, reason: `the register ${what}` });
    }
    if (register.ok) {
      const { releaseId } = register.value;
      found.set(releaseId, { register: register.value, sha256: sha256(text.value) });
    }
  }
  return ok(files.map(({ manifest }) => found.get(manifest.releaseId) ?? null));
}

function readFacts(
  path: string | null,
): Result<{ readonly facts: SizeFacts; readonly sha256: string | null }, OfficeRefusal> {
  if (path === null) return ok({ facts: NO_FACTS, sha256: null });
  const text = guarded(path, () => readFileSync(path, 'utf8'));
  if (!text.ok) return text;
  const facts = parseSizeFacts(text.value);
  if (facts.ok) return ok({ facts: facts.value, sha256: sha256(text.value) });
  const { code, rule } = facts.failure;
  return fail({ code, name: path, reason: `the facts break a rule: ${rule}` });
}

function guarded<Value>(path: string, work: () => Value): Result<Value, OfficeRefusal> {
  try {
    return ok(work());
  } catch (cause) {
    const system = systemCode(cause);
    const failure = { code: 'roll-unreadable', system } as const;
    return fail(refusalOf({ file: path, failure }));
  }
}
