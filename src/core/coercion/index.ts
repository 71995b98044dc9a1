export {
  type CoercionHint,
  type CoercionNames,
  type CoercionReader,
  type CoercionReading,
  type CoercionSign,
  coercionReader,
} from './coercion.ts';
