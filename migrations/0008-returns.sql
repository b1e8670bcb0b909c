-- Returns (统计表): one per unit and edition; its state is a fold over its acts. Versions are what was frozen; the seal log chains what was sealed.
create table stat_return (
  province_code smallint not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  state text not null check (state in ('draft', 'self_checked', 'in_review', 'returned', 'approved', 'signed', 'sealed', 'submitted', 'returned_by_upper', 'accepted', 'correction_requested', 'reopened')),
  version integer not null default 0,
  last_version integer not null default 0,
  submitted_version integer,
  accepted_version integer,
  first_submitted_at timestamptz,
  submitted_at timestamptz,
  late boolean not null default false,
  changed_at timestamptz not null,
  primary key (province_code, edition_code, unit_code)
);
comment on table stat_return is 'Where each unit''s return stands: a cache of the fold over return_act, written in the same transaction. version counts acts, for compare-and-set.';

create table return_act (
  province_code smallint not null,
  edition_code text not null,
  unit_code text not null,
  number integer not null,
  act text not null,
  return_version integer not null,
  account_id text not null,
  account_name text not null,
  acting_unit_code text not null,
  at timestamptz not null,
  payload jsonb not null,
  primary key (province_code, edition_code, unit_code, number)
);
comment on table return_act is 'Every act on a return, append-only, numbered without gaps.';
create index return_act_at on return_act (edition_code, at);

create table return_version (
  province_code smallint not null,
  edition_code text not null,
  unit_code text not null,
  number integer not null,
  content jsonb not null,
  extension jsonb,
  sha256 text not null,
  sm3 text not null,
  frozen_at timestamptz not null,
  primary key (province_code, edition_code, unit_code, number)
);
comment on table return_version is 'The table as frozen when sent for review: canonical content and its digests. Never changed. extension holds the province''s own rows, which the content only names by digest, so that they never travel above it.';

create table finding_note (
  province_code smallint not null,
  edition_code text not null,
  unit_code text not null,
  check_code text not null,
  note text not null,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, edition_code, unit_code, check_code)
);
comment on table finding_note is 'The 说明 to soft findings of the draft; frozen into the version when sent for review.';

create table seal_log (
  number bigint primary key,
  at timestamptz not null,
  edition_code text not null,
  unit_code text not null,
  return_version integer not null,
  sha256 text not null,
  sm3 text not null,
  receipt_code text not null,
  previous_hash text not null,
  hash text not null
);
comment on table seal_log is 'Append-only chain of seals: hash = SHA-256 over the canonical entry with previous_hash. Gap-free by an advisory lock.';
create unique index seal_log_version on seal_log (edition_code, unit_code, return_version);
create unique index seal_log_receipt on seal_log (receipt_code);
-- As typed from paper: without hyphens, small, O as 0, I and L as 1 (seals/rules.ts).
create index seal_log_receipt_folded on seal_log (translate(lower(replace(receipt_code, '-', '')), 'oil', '011'));

create table reminder (
  province_code smallint not null,
  id text not null,
  edition_code text not null,
  unit_code text not null,
  from_unit_code text not null,
  account_name text not null,
  text text not null,
  at timestamptz not null,
  read_at timestamptz,
  primary key (province_code, id)
);
comment on table reminder is '催报: reminders from an upper unit, shown on the home page of the unit.';
create index reminder_unit on reminder (province_code, edition_code, unit_code);
