/** A firm that sends mail for its customers under their From lines. */
export interface MailingService {
  readonly name: string;
  /** Domains of its hosts, its return addresses and its signatures. */
  readonly domains: readonly string[];
}

/**
 * Firms that anybody may hire to send mail: newsletters, notices, calendar invitations.
 *
 * Until a customer's domain has records of its own, such mail is signed and returned under these
 * domains (the default of most in 2020). Looked up on 23 November 2026 in public copies of:
 * Constant Contact's help pages on authentication; the Open Contracting Partnership's list of
 * senders (Mailchimp, Google Calendar); Postmark's set-up (`pm.mtasv.net`) and HubSpot's; lists of
 * such domains in open software (SendGrid, Mailgun, Amazon, SparkPost, Mandrill, Mailjet, Brevo,
 * Klaviyo, Salesforce, iContact, Campaign Monitor); dispatch filters of fire departments
 * (Everbridge); SurveyMonkey's own page policy. From general knowledge, unconfirmed: govDelivery,
 * Emma, AWeber. A firm that is missing is judged as any stranger's server; customers of all of them
 * include attackers.
 */
export const MAILING_SERVICES: readonly MailingService[] = [
  { name: 'Amazon SES', domains: ['amazonses.com'] },
  { name: 'AWeber', domains: ['aweber.com'] },
  {
    name: 'Brevo (Sendinblue)',
    domains: ['sendinblue.com', 'sendibm1.com', 'sendibm2.com', 'sendibm3.com'],
  },
  {
    name: 'Campaign Monitor',
    domains: ['createsend.com', 'cmail19.com', 'cmail20.com'],
  },
  { name: 'Constant Contact', domains: ['constantcontact.com', 'ccsend.com'] },
  { name: 'Emma', domains: ['e2ma.net'] },
  { name: 'Everbridge', domains: ['everbridge.net'] },
  { name: 'Google Calendar and its like', domains: ['google.com'] },
  { name: 'govDelivery (Granicus)', domains: ['govdelivery.com'] },
  { name: 'HubSpot', domains: ['hubspotemail.net'] },
  { name: 'iContact', domains: ['icontact.com'] },
  { name: 'Klaviyo', domains: ['klaviyomail.com'] },
  {
    name: 'Mailchimp',
    domains: ['mcsv.net', 'mcdlv.net', 'rsgsv.net', 'mailchimpapp.net', 'mandrillapp.com'],
  },
  { name: 'Mailgun', domains: ['mailgun.org', 'mailgun.net'] },
  { name: 'Mailjet', domains: ['mailjet.com'] },
  { name: 'Postmark', domains: ['mtasv.net'] },
  { name: 'Salesforce', domains: ['exacttarget.com', 'exct.net'] },
  { name: 'SendGrid', domains: ['sendgrid.net'] },
  { name: 'SparkPost', domains: ['sparkpostmail.com'] },
  { name: 'SurveyMonkey', domains: ['surveymonkey.com'] },
];
