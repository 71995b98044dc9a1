import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { longComments, sources } from './comment-lines.ts';
import { drawRooms, PICTURE } from './draw-rooms.ts';
import { ROOMS } from './rooms.ts';

const src = resolve(import.meta.dirname, '../src');
const FILES_PER_ROOM_MAX = 25;

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

const roomNames = ROOMS.map((room) => room.room);
const roomOf = (file: string): string | undefined =>
  roomNames.find((room) => file === room || file.startsWith(`${room}/`));

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: readonly Import[] = files.flatMap((from) =>
  [...readFileSync(join(src, from), 'utf8').matchAll(/(?:from|import) '(\.[^']+)'/g)].map(
    (hit) => ({
      from,
      to: relative(src, resolve(src, dirname(from), hit[1] ?? '')),
    }),
  ),
);

const READING_MAIL: readonly string[] = [
  ...['mail', 'forward', 'route', 'header', 'html', 'forensics', 'observables', 'coercion'],
].map((name) => `core/${name}`);

const isTest = (file: string): boolean => file.endsWith('.test.ts');

function mayImport(from: string, to: string): boolean {
  const row = ROOMS.find((room) => room.room === from);
  if (to === 'core/base') return true;
  return (row?.mayImport ?? []).some((allowed) =>
    allowed.endsWith('/*') ? to.startsWith(allowed.slice(0, -1)) : to === allowed,
  );
}

describe('the house', () => {
  test('every file lives in a room of the table', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test('every room of the table stands and has one door', () => {
    expect(roomNames.filter((room) => !existsSync(join(src, room, 'index.ts')))).toEqual([]);
  });

  test('a room imports only the rooms in its row', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [here, there] = [roomOf(from), roomOf(to)];
      if (here === undefined || there === undefined || here === there || isTest(from)) return false;
      return !mayImport(here, there);
    });
    expect(wrong).toEqual([]);
  });

  test('a row allows no room that is not used', () => {
    const idle = ROOMS.flatMap(({ room, mayImport }) =>
      mayImport
        .filter((allowed) => !allowed.endsWith('/*'))
        .filter(
          (allowed) =>
            !imports.some(
              ({ from, to }) => roomOf(from) === room && roomOf(to) === allowed && !isTest(from),
            ),
        )
        .map((allowed) => `${room}: ${allowed}`),
    );
    expect(idle).toEqual([]);
  });

  test('a room is entered by its door', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        roomOf(from) !== roomOf(to) && !isTest(from) && to !== `${roomOf(to)}/index.ts`,
    );
    expect(wrong).toEqual([]);
  });

  test('the picture in docs is the table (node tools/draw-rooms.ts)', () => {
    expect(readFileSync(PICTURE, 'utf8')).toBe(drawRooms());
  });

  test('core has no clock and no chance', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('core/') &&
        !isTest(file) &&
        /Date\.now\(|new Date\(\)|Math\.random\(/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('an export of the rooms that read mail says what its type cannot', () => {
    const undocumented = files
      .filter((file) => READING_MAIL.includes(roomOf(file) ?? '') && !isTest(file))
      .flatMap((file) => {
        const lines = readFileSync(join(src, file), 'utf8').split('\n');
        const isBare = (line: string, at: number): boolean =>
          /^export (?!\{|type \{|\*)/.test(line) && lines[at - 1]?.trim().endsWith('*/') !== true;
        return lines.filter(isBare).map((line) => `${file}: ${line}`);
      });
    expect(undocumented).toEqual([]);
  });

  test('no comment line is longer than a line (node tools/comment-lines.ts --write)', () => {
    const long = sources().filter(
      (file) => longComments(readFileSync(join(src, '..', file), 'utf8')).length > 0,
    );
    expect(long).toEqual([]);
  });

  test('core and app keep no state between calls', () => {
    // Room that texts are read into, written anew by each call before it is read.
    const rooms = ['core/campaign/words.ts', 'core/campaign/sketch.ts'];
    const keeping = files.filter(
      (file) =>
        /^(?:core|app)\//.test(file) &&
        !isTest(file) &&
        /^(?:export )?let /m.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(keeping.sort()).toEqual(rooms.sort());
  });

  test(`no room has more than ${FILES_PER_ROOM_MAX} files beside its tests`, () => {
    const crowded = roomNames.filter(
      (room) =>
        files.filter((file) => roomOf(file) === room && !isTest(file)).length > FILES_PER_ROOM_MAX,
    );
    expect(crowded).toEqual([]);
  });
});
