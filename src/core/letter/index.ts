export { type Delivery, deliveryOf } from './delivery.ts';
export {
  eitherAmong,
  type HandingOn,
  isBait,
  isHandingOn,
  mayBeMadeUp,
  reachedBy,
  withLiars,
} from './handing-on.ts';
export { commonInbox, type Inbox, Inboxes, isIntake, REPORTERS_MIN } from './inbox.ts';
export { type HandedIn, isHonest, isLetterMail, lettersAmong } from './letter.ts';
export { NO_OFFICE, type OfficeAddresses, officeAt, parseOffice } from './office.ts';
export { isToldOf } from './told-of.ts';
