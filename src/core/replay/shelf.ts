import type { Kernels } from '../base/index.ts';
import {
  type MboxEntry,
  storedMessage,
  storedText,
  writeMbox,
  writeZip,
} from '../mail-writer/index.ts';
import type { HeldOriginal, Item, WrittenItem } from './evidence.ts';
import type { Office } from './offices.ts';
import type { ReplayFile, TrueOriginal } from './replay.ts';
import { type Placed, trueOriginal } from './true-original.ts';

/** A file of evidence with the truth about every original in it. */
export interface Shelved {
  readonly file: ReplayFile;
  readonly originals: readonly TrueOriginal[];
}

/** Messages in one container file at most: memory stays bounded at any scale. */
const CONTAINER_MESSAGES_MAX = 200;

interface OpenContainer {
  readonly office: Office;
  readonly items: { readonly at: number; readonly written: WrittenItem }[];
  volume: number;
}

/** Lays items, in their order, into the files that each office hands over. */
export function* shelve(items: Iterable<Item>, kernels: Kernels): Iterable<Shelved> {
  const open = new Map<string, OpenContainer>();
  const counts = new Map<string, number>();
  for (const item of items) {
    const { office, at } = item;
    const written = item.write();
    if (office.container === 'files') {
      const count = (counts.get(office.folder) ?? 0) + 1;
      counts.set(office.folder, count);
      yield singleFile(`${office.folder}/${String(count).padStart(4, '0')}.eml`, written, kernels);
      continue;
    }
    const container = open.get(office.folder) ?? { office, items: [], volume: 1 };
    open.set(office.folder, container);
    container.items.push({ at, written });
    if (container.items.length === CONTAINER_MESSAGES_MAX) yield closed(container, kernels);
  }
  for (const container of open.values())
    if (container.items.length > 0) yield closed(container, kernels);
}

function singleFile(path: string, written: WrittenItem, kernels: Kernels): Shelved {
  const bytes = kernels.encode(written.raw);
  const file = { path: `evidence/${path}`, bytes };
  const exhibit = kernels.sha256(bytes);
  const placed = (held: HeldOriginal, order: number): Placed => ({
    file: file.path,
    exhibit,
    container: 'file',
    entry: null,
    position: 0,
    order,
    sha256: held.bytes === 'gone' ? null : kernels.sha256(kernels.encode(held.raw)),
  });
  return { file, originals: rows(written, placed) };
}

const rows = (
  written: WrittenItem,
  placed: (held: HeldOriginal, order: number) => Placed,
): TrueOriginal[] =>
  written.held.map((held, order) => trueOriginal(held, written.form, placed(held, order)));

function closed(container: OpenContainer, kernels: Kernels): Shelved {
  const { office } = container;
  const name = `evidence/${office.folder}/collected-${container.volume}`;
  container.volume += 1;
  const items = container.items.splice(0);
  return office.container === 'zip'
    ? zipFile(`${name}.zip`, items, kernels)
    : mboxFile(
        `${name}.mbox`,
        items,
        office.container === 'mboxrd' ? 'mboxrd' : 'takeout',
        kernels,
      );
}

function mboxFile(
  path: string,
  items: OpenContainer['items'],
  shape: 'mboxrd' | 'takeout',
  kernels: Kernels,
): Shelved {
  const entries: MboxEntry[] = items.map(({ at, written }) => ({
    raw: written.raw,
    envelopeFrom: written.envelopeFrom,
    at,
  }));
  const bytes = writeMbox(entries, shape, kernels);
  const exhibit = kernels.sha256(bytes);
  const originals = items.flatMap(({ written }, position) =>
    rows(written, (held, order) => {
      const entry = entries[position];
      const whole = held.raw === written.raw && entry !== undefined;
      const clear = whole ? storedMessage(entry, shape) : storedText(held.raw, shape);
      const text = held.bytes === 'encoded' ? held.raw : clear;
      const sha256 = held.bytes === 'gone' ? null : kernels.sha256(kernels.encode(text));
      return { file: path, exhibit, container: shape, entry: null, position, order, sha256 };
    }),
  );
  return { file: { path, bytes }, originals };
}

function zipFile(path: string, items: OpenContainer['items'], kernels: Kernels): Shelved {
  const members = items.map(({ written }, place) => ({
    name: `reports/${String(place + 1).padStart(4, '0')}.eml`,
    bytes: kernels.encode(written.raw),
  }));
  const bytes = writeZip(members, kernels);
  const exhibit = kernels.sha256(bytes);
  const originals = items.flatMap(({ written }, position) => {
    const member = members[position];
    const entry =
      member === undefined ? null : { name: member.name, sha256: kernels.sha256(member.bytes) };
    return rows(written, (held, order) => ({
      file: path,
      exhibit,
      container: 'zip',
      entry,
      position,
      order,
      sha256: held.bytes === 'gone' ? null : kernels.sha256(kernels.encode(held.raw)),
    }));
  });
  return { file: { path, bytes }, originals };
}
