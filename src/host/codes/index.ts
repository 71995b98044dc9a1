export { type CodesFound, pictureCodes } from './picture-codes.ts';
