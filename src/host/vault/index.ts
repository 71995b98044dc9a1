export { openVault, type VaultFailure } from './open-vault.ts';
