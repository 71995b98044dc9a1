export { type Delivery, deliveryOf } from './delivery.ts';
export { type Inbox, Inboxes, isIntake, REPORTERS_MIN } from './inbox.ts';
export { type HandedIn, isLetterMail, lettersAmong } from './letter.ts';
export { NO_OFFICE, type OfficeAddresses, officeAt, parseOffice } from './office.ts';
