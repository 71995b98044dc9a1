export { CONFUSABLES } from './confusables.data.ts';
