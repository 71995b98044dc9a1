export {
  isOtherForm,
  looksSaved,
  mayBeSaved,
  type SavedForm,
  type SavedSource,
  savedSource,
} from './saved-source.ts';
