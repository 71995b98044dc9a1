export { pictureCodes } from './picture-codes.ts';
