/**
 * Settings of the embedded server. Durability is PostgreSQL's default (`fsync`,
 * `synchronous_commit`, `full_page_writes` on); the rest fits a laptop with one writer.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  port: '5432',
  max_connections: '24',
  shared_buffers: '48MB',
  // One writer, short look-ups, bulk reads in order: compiling and parallel plans only cost.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  // No standby reads the log: less of it is written.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_wal_size: '256MB',
  checkpoint_timeout: '15min',
  // Errors name no values: they can be personal data.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/** From 18 on, reads can be handed to helper processes; one reader needs none. */
const SETTINGS_FROM_18: Readonly<Record<string, string>> = { io_method: 'sync' };

export const settingsFor = (major: number): Readonly<Record<string, string>> =>
  major >= 18 ? { ...SETTINGS, ...SETTINGS_FROM_18 } : SETTINGS;
