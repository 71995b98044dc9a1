export type { SlotType } from './slot-type.ts';
export {
  induceTemplate,
  type Slot,
  type SlotValue,
  type Template,
  type TemplatePart,
} from './template.ts';
