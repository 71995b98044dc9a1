import type { Atlas } from '../atlas/index.ts';
import type { Investigation, ReportSection } from '../report/index.ts';
import { countySection } from './page-counties.ts';
import { listSection } from './page-lists.ts';
import { logSection } from './page-log.ts';

/**
 * What the office's lists, logs and county counts say, as sections of the report; none for what was
 * not given. Without an atlas the county tables stand without their map.
 */
export const officeSections = (
  { exposure, accessLog, matches }: Pick<Investigation, 'exposure' | 'accessLog' | 'matches'>,
  atlas: Atlas | null,
): readonly ReportSection[] => [
  ...(exposure === null ? [] : [listSection(exposure, atlas)]),
  ...(matches === null ? [] : [countySection(matches)]),
  ...(accessLog === null ? [] : [logSection(accessLog)]),
];

/** Whether a map has to be drawn: the atlas is read for that alone. */
export const wantsAtlas = ({ exposure }: Pick<Investigation, 'exposure'>): boolean =>
  exposure?.campaigns.some(({ jurisdictions }) =>
    jurisdictions.some(({ counties }) => counties.length > 0),
  ) === true;
