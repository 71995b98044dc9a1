-- The facts of one case, in its own schema. Each row stands at one place of the log (`index`), and
-- the leaf at that place commits to it. Nothing here is ever updated or deleted.

create table log_leaf (
  index bigint primary key check (index >= 0),
  kind text not null check (kind in ('custody', 'finding', 'act')),
  -- Canonical JSON, exactly the bytes that were hashed.
  body text not null,
  leaf_hash bytea not null unique check (octet_length(leaf_hash) = 32)
);

create table exhibit (
  digest text primary key,
  bytes bigint not null check (bytes >= 0),
  kind text not null,
  first_index bigint not null unique
);

create table custody (
  index bigint primary key,
  exhibit text not null references exhibit,
  given_by text not null,
  received_at text not null,
  received_how text not null,
  name text not null
);
create index custody_exhibit on custody (exhibit);

create table finding (
  index bigint primary key,
  key text not null unique,
  stage text not null,
  method_version integer not null,
  -- Canonical JSON; text, because jsonb can hold neither U+0000 nor the exact bytes.
  inputs text not null,
  parameters text not null,
  output_digest text not null,
  output text not null
);
create index finding_stage on finding (stage, method_version, index);

create table act (
  index bigint primary key,
  kind text not null,
  by_whom text not null,
  at text not null,
  reason text not null,
  body text not null
);

create table checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null,
  -- The compact range: 32 bytes for each set bit of `size`, so that a writer opens in one read.
  peaks bytea not null,
  note text not null,
  at text not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'evidence is append-only: % of %', tg_op, tg_table_name
    using errcode = 'object_not_in_prerequisite_state';
end
$$;

do $$
declare
  fact text;
begin
  foreach fact in array array['log_leaf', 'exhibit', 'custody', 'finding', 'act', 'checkpoint'] loop
    execute format(
      'create trigger append_only before update or delete or truncate on %I
       for each statement execute function refuse_change()', fact);
  end loop;
  -- Four times faster than the default; a server may be built without it.
  alter table finding alter column output set compression lz4;
exception when feature_not_supported then
  null;
end
$$;
