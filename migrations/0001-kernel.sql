-- What every module leans on: the audit trail, request keys, settings.
create table audit_event (
  province_code smallint not null,
  id bigint generated always as identity,
  at timestamptz not null,
  account_id text,
  account_name text not null,
  request_id text not null,
  action text not null,
  unit_code text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  basis text,
  primary key (province_code, id)
);
comment on table audit_event is 'Who did what to which record, before and after, and why. Written in the transaction of the act; never changed.';
create index audit_event_subject on audit_event (province_code, subject_kind, subject_id);
create index audit_event_unit on audit_event (province_code, unit_code, id);

create table request_key (
  province_code smallint not null,
  account_id text not null,
  key text not null,
  endpoint text not null,
  input_digest text not null,
  answer jsonb,
  at timestamptz not null,
  primary key (province_code, account_id, key)
);
comment on table request_key is 'A command said twice is done once: the stored answer is given again.';
create index request_key_at on request_key (at);

create table setting (
  key text primary key,
  value jsonb not null
);
comment on table setting is 'Facts about this installation, such as that it holds demonstration data.';
