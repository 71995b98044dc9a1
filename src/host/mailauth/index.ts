export { authenticateMessage } from './authenticate.ts';
export { evaluateSpf } from './spf.ts';
