export { HELD_FORMS, type HeldForm, heldFormOf } from './held-form.ts';
export {
  PHONE_STEPS,
  PROVIDER_STEPS,
  PROVIDER_STEPS_AS_OF,
  type ProviderSteps,
  STEPS_ALWAYS,
} from './provider-steps.data.ts';
