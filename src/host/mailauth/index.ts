export {
  type Authenticated,
  type AuthenticationInput,
  authenticateMessage,
} from './authenticate.ts';
export { evaluateSpf, type SpfQuestion } from './spf.ts';
