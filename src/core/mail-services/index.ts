export { consumerProviders } from './consumer-provider.ts';
export { isTenancyOf, mailingServiceOf, type Tenancy, tenancyOf } from './mailing-service.ts';
