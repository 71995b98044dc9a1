export {
  type CampaignRow,
  type CampaignsDocument,
  type CampaignTemplate,
  findCampaigns,
  type TextRow,
} from './campaigns.ts';
export {
  type PublicTemplateOptions,
  publicTemplate,
  type SlotSummary,
  summariseTemplate,
  type TemplateSpan,
  type TemplateSummary,
} from './public-template.ts';
export { createTyper, type SlotType, type Typer } from './slot-type.ts';
export {
  induceTemplate,
  type Slot,
  type SlotValue,
  type Template,
  type TemplatePart,
} from './template.ts';
export { induceVariants, type Variant } from './variants.ts';
