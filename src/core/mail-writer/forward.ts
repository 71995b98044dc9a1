import { MONTHS } from '../base/index.ts';
import { DAYS_LONG, htmlEscaped, MONTHS_LONG, mailDate, two, wallClock } from './mime.ts';
import type { Original } from './original.ts';

/** How a client announces a forwarded mail inside its own text. */
export interface ForwardView {
  readonly original: Original;
  /** Zone in which the client shows the date, minutes, and its name. */
  readonly zone: number;
  readonly zoneName: string;
  readonly spanish: boolean;
  /** How the client writes an address in plain text. */
  readonly addressStyle: 'plain' | 'bracketed-mailto' | 'doubled-mailto';
}

/** One announced field. */
export type Announced = readonly [label: string, value: string];

const angled = ({ shown }: Original): string =>
  shown.name === '' ? `<${shown.address}>` : `${shown.name} <${shown.address}>`;

const bare = ({ shown }: Original): string =>
  shown.name === '' ? shown.address : `${shown.name} <${shown.address}>`;

/** Old Outlooks write `Name [mailto:x]`; a text made from HTML doubles it: `Name <x<mailto:x>>`. */
function outlookSender({ original, addressStyle }: ForwardView): string {
  const { name, address } = original.shown;
  switch (addressStyle) {
    case 'plain':
      return bare(original);
    case 'bracketed-mailto':
      return `${name === '' ? address : name} [mailto:${address}]`;
    case 'doubled-mailto':
      return name === ''
        ? `${address}<mailto:${address}>`
        : `${name} <${address}<mailto:${address}>>`;
  }
}

const halfDay = (hour: number): string => (hour < 12 ? 'AM' : 'PM');
const hourOf = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);

/** `Tue, Oct 20, 2020 at 7:15 AM`, in Spanish `mar., 20 oct. 2020 a las 7:15`. */
function gmailDate({ original, zone, spanish }: ForwardView): string {
  const clock = wallClock(original.sentAt, zone);
  if (spanish) {
    const day = ['dom.', 'lun.', 'mar.', 'mié.', 'jue.', 'vie.', 'sáb.'][clock.weekDay];
    return `${day}, ${clock.day} oct. ${clock.year} a las ${clock.hour}:${two(clock.minute)}`;
  }
  const day = mailDate(original.sentAt, zone).slice(0, 3);
  const time = `${hourOf(clock.hour)}:${two(clock.minute)} ${halfDay(clock.hour)}`;
  return `${day}, ${MONTHS[clock.month]} ${clock.day}, ${clock.year} at ${time}`;
}

/** `Tuesday, October 20, 2020 7:15 AM`, in Spanish `martes, 20 de octubre de 2020 7:15`. */
function outlookDate({ original, zone, spanish }: ForwardView): string {
  const clock = wallClock(original.sentAt, zone);
  if (spanish) {
    const day = ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'];
    return `${day[clock.weekDay]}, ${clock.day} de octubre de ${clock.year} ${clock.hour}:${two(clock.minute)}`;
  }
  const time = `${hourOf(clock.hour)}:${two(clock.minute)} ${halfDay(clock.hour)}`;
  return `${DAYS_LONG[clock.weekDay]}, ${MONTHS_LONG[clock.month]} ${clock.day}, ${clock.year} ${time}`;
}

/** `October 20, 2020 at 7:15:24 AM EDT`, in Spanish `20 de octubre de 2020, 7:15:24 EDT`. */
function appleDate({ original, zone, zoneName, spanish }: ForwardView): string {
  const clock = wallClock(original.sentAt, zone);
  const tail = `${two(clock.minute)}:${two(clock.second)}`;
  if (spanish) return `${clock.day} de octubre de ${clock.year}, ${clock.hour}:${tail} ${zoneName}`;
  const time = `${hourOf(clock.hour)}:${tail} ${halfDay(clock.hour)} ${zoneName}`;
  return `${MONTHS_LONG[clock.month]} ${clock.day}, ${clock.year} at ${time}`;
}

function yahooDate({ original, zone, zoneName }: ForwardView): string {
  const clock = wallClock(original.sentAt, zone);
  const time = `${two(hourOf(clock.hour))}:${two(clock.minute)}:${two(clock.second)}`;
  const day = `${DAYS_LONG[clock.weekDay]}, ${MONTHS_LONG[clock.month]} ${clock.day}`;
  return `${day}, ${clock.year}, ${time} ${halfDay(clock.hour)} ${zoneName}`;
}

export interface Announcement {
  readonly marker: string;
  readonly fields: readonly Announced[];
}

export function gmailForward(view: ForwardView): Announcement {
  const { original, spanish } = view;
  return {
    marker: '---------- Forwarded message ---------',
    fields: [
      [spanish ? 'De' : 'From', angled(original)],
      ['Date', gmailDate(view)],
      ['Subject', original.subject],
      ['To', `<${original.to.address}>`],
    ],
  };
}

export function outlookForward(view: ForwardView): Announcement {
  const { original, spanish } = view;
  return {
    marker: spanish ? '________________________________' : '-----Original Message-----',
    fields: [
      [spanish ? 'De' : 'From', outlookSender(view)],
      [spanish ? 'Enviado' : 'Sent', outlookDate(view)],
      [spanish ? 'Para' : 'To', original.to.address],
      [spanish ? 'Asunto' : 'Subject', original.subject],
    ],
  };
}

export function appleForward(view: ForwardView): Announcement {
  const { original, spanish } = view;
  return {
    marker: spanish ? 'Inicio del mensaje reenviado:' : 'Begin forwarded message:',
    fields: [
      [spanish ? 'De' : 'From', bare(original)],
      [spanish ? 'Fecha' : 'Date', appleDate(view)],
      [spanish ? 'Para' : 'To', original.to.address],
      [spanish ? 'Asunto' : 'Subject', original.subject],
    ],
  };
}

export function yahooForward(view: ForwardView): Announcement {
  const { original } = view;
  return {
    marker: '----- Forwarded Message -----',
    fields: [
      ['From', bare(original)],
      ['To', original.to.address],
      ['Sent', yahooDate(view)],
      ['Subject', original.subject],
    ],
  };
}

export function thunderbirdForward({ original }: ForwardView): Announcement {
  return {
    marker: '-------- Forwarded Message --------',
    fields: [
      ['Subject', original.subject],
      ['Date', mailDate(original.sentAt, original.zone)],
      ['From', bare(original)],
      ['To', original.to.address],
    ],
  };
}

/** Marker, fields, an empty line, the words. */
export function announcedText({ marker, fields }: Announcement, body: string): string {
  const labels = fields.map(([label, value]) => `${label}: ${value}`);
  return [marker, ...labels, '', body].join('\n');
}

/** An address as clients link it. */
export const mailtoLink = (address: string): string =>
  `<a href="mailto:${address}">${htmlEscaped(address)}</a>`;
