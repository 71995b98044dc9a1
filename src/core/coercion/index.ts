export {
  type CoercionNames,
  type CoercionReader,
  type CoercionReading,
  coercionReader,
} from './coercion.ts';
