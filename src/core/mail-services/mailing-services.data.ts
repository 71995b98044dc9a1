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
 * Klaviyo, Salesforce, iContact, Campaign Monitor); dispatch filters of fire departments and the
 * support pages of Everbridge; SurveyMonkey's own page policy; the help pages of Zoho Campaigns,
 * Salesforce (`bnc.salesforce.com`), Blackbaud, DocuSign, Zendesk and Granicus (govDelivery);
 * set-up guides of others for ActiveCampaign. Seen in public SPF records, DNS zones and mail
 * filters that people put on GitHub, not in a document of the firm: Cvent, Elastic Email,
 * Eventbrite, MailerLite, MailerSend, Nixle, CivicPlus, Blackboard Connect, and `zdsys.com` (names
 * of Zendesk's servers). From general knowledge, unconfirmed: Emma, AWeber. A firm that is missing
 * is judged as any stranger's server; customers of all of them include attackers.
 */
export const MAILING_SERVICES: readonly MailingService[] = [
  { name: 'ActiveCampaign', domains: ['emsd1.com', 'acems1.com'] },
  { name: 'Amazon SES', domains: ['amazonses.com'] },
  { name: 'AWeber', domains: ['aweber.com'] },
  { name: 'Blackbaud', domains: ['blackbaud.net', 'convio.net'] },
  { name: 'Blackboard Connect (Finalsite)', domains: ['blackboardconnect.com'] },
  {
    name: 'Brevo (Sendinblue)',
    domains: ['sendinblue.com', 'sendibm1.com', 'sendibm2.com', 'sendibm3.com'],
  },
  {
    name: 'Campaign Monitor',
    domains: ['createsend.com', 'cmail19.com', 'cmail20.com'],
  },
  { name: 'CivicPlus', domains: ['civicplus.com'] },
  { name: 'Constant Contact', domains: ['constantcontact.com', 'ccsend.com'] },
  { name: 'Cvent', domains: ['cvent-planner.com'] },
  { name: 'DocuSign', domains: ['docusign.net', 'docusign.com'] },
  { name: 'Elastic Email', domains: ['elasticemail.com'] },
  { name: 'Emma', domains: ['e2ma.net'] },
  { name: 'Eventbrite', domains: ['eventbrite.com'] },
  { name: 'Everbridge (Nixle)', domains: ['everbridge.net', 'nixle.com'] },
  { name: 'Google Calendar and its like', domains: ['google.com'] },
  { name: 'govDelivery (Granicus)', domains: ['govdelivery.com'] },
  { name: 'HubSpot', domains: ['hubspotemail.net'] },
  { name: 'iContact', domains: ['icontact.com'] },
  { name: 'Klaviyo', domains: ['klaviyomail.com'] },
  {
    name: 'Mailchimp',
    domains: ['mcsv.net', 'mcdlv.net', 'rsgsv.net', 'mailchimpapp.net', 'mandrillapp.com'],
  },
  { name: 'MailerLite', domains: ['mlsend.com'] },
  { name: 'MailerSend', domains: ['mailersend.net'] },
  { name: 'Mailgun', domains: ['mailgun.org', 'mailgun.net'] },
  { name: 'Mailjet', domains: ['mailjet.com'] },
  { name: 'Postmark', domains: ['mtasv.net'] },
  { name: 'Salesforce', domains: ['salesforce.com', 'exacttarget.com', 'exct.net'] },
  { name: 'SendGrid', domains: ['sendgrid.net'] },
  { name: 'SparkPost', domains: ['sparkpostmail.com'] },
  { name: 'SurveyMonkey', domains: ['surveymonkey.com'] },
  { name: 'Zendesk', domains: ['zendesk.com', 'zdsys.com'] },
  { name: 'Zoho Campaigns', domains: ['zcsend.net'] },
];
