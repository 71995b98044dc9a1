export {
  type Authenticated,
  type AuthenticationInput,
  authenticateMessage,
} from './authenticate.ts';
