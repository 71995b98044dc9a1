export { officeSections, wantsAtlas } from './sections.ts';
