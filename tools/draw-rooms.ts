import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOMS, type Room } from './rooms.ts';

/** `node tools/draw-rooms.ts` writes docs/rooms.svg; the tidy test holds it to the table. */
export const PICTURE = join(import.meta.dirname, '../docs/rooms.svg');

const COLUMN = 190;
const ROW = 138;
const BOX = { width: 170, height: 98 };
const PER_ROW = 5;
const MARGIN = 20;
const BANDS = [
  ['core', 'pure: values in, values out'],
  ['app', 'use cases: talk only through ports'],
  ['host', 'Node: files, PostgreSQL, terminal'],
] as const;

interface Placed {
  readonly room: Room;
  readonly x: number;
  readonly y: number;
}

interface Layout {
  readonly placed: readonly Placed[];
  readonly labels: readonly string[];
  readonly height: number;
}

function layOut(): Layout {
  const placed: Placed[] = [];
  const labels: string[] = [];
  let y = MARGIN;
  for (const [band, says] of BANDS) {
    labels.push(`<text class="band" x="${MARGIN}" y="${y + 14}">src/${band} · ${says}</text>`);
    y += 26;
    const rooms = ROOMS.filter(({ room }) => room.startsWith(`${band}/`));
    rooms.forEach((room, index) => {
      const x = MARGIN + (index % PER_ROW) * COLUMN;
      placed.push({ room, x, y: y + Math.floor(index / PER_ROW) * ROW });
    });
    y += Math.ceil(rooms.length / PER_ROW) * ROW;
  }
  return { placed, labels, height: y };
}

/** Arrows within a band; those to core/base, which all rooms may take, would say nothing. */
function arrows(placed: readonly Placed[]): string[] {
  return placed.flatMap(({ room, x, y }) =>
    room.mayImport
      .filter((name) => !name.endsWith('/*'))
      .flatMap((name) => placed.filter((other) => other.room.room === name))
      .filter((other) => sameBand(room.room, other.room.room))
      .map((other) => arrow({ x, y }, other)),
  );
}

const sameBand = (a: string, b: string): boolean => a.split('/')[0] === b.split('/')[0];

function arrow(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): string {
  const [x1, x2] = [from.x + BOX.width / 2, to.x + BOX.width / 2];
  const level = from.y === to.y;
  const [y1, y2] = level ? [from.y, to.y] : [from.y, to.y + BOX.height];
  const bend = level ? Math.min(from.y, to.y) - 10 - Math.abs(x1 - x2) / 40 : (y1 + y2) / 2;
  return `<path class="arrow" d="M${x1} ${y1} C${x1} ${bend} ${x2} ${bend} ${x2} ${y2}" marker-end="url(#tip)"/>`;
}

/** Words into lines of at most `width` characters. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function box({ room, x, y }: Placed): string {
  const lines = wrap(room.holds, 26).slice(0, 5);
  const words = lines.map(
    (line, index) => `<text x="${x + 10}" y="${y + 36 + index * 13}">${escaped(line)}</text>`,
  );
  return [
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>`,
    `<text class="name" x="${x + 10}" y="${y + 19}">${room.room}</text>`,
    ...words,
  ].join('\n');
}

export function drawRooms(): string {
  const { placed, labels, height } = layOut();
  const width = MARGIN * 2 + PER_ROW * COLUMN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t">
<title id="t">The rooms of Tocsin: ${ROOMS.map(({ room }) => room).join(', ')}</title>
<style>
  svg { background: #fff; font: 11px system-ui, sans-serif; fill: #222; }
  rect { fill: #f3f6f8; stroke: #37506b; }
  .name { font-weight: 700; font-size: 13px; }
  .band { font-weight: 700; fill: #37506b; }
  .arrow { fill: none; stroke: #9a5b00; }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#9a5b00"/></marker></defs>
${labels.join('\n')}
${arrows(placed).join('\n')}
${placed.map(box).join('\n')}
</svg>
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(PICTURE, drawRooms());
