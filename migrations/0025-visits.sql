-- Visits (调研走访): planned for a day, made at the firm, and what each gave rise to (docs/decisions/0034).
create table visit (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  state text not null check (state in ('planned', 'made')),
  day date not null,
  position integer not null default 0,
  uscc text,
  enterprise_name text not null,
  uncoded_reason text,
  officers jsonb not null,
  purpose text not null default '',
  content jsonb,
  follow_ups jsonb not null default '{}',
  record_key text,
  made_by text,
  made_by_name text,
  made_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  version integer not null,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (province_code, id),
  check ((state = 'made') = (content is not null)),
  check (num_nulls(uscc, uncoded_reason) = 1)
);
comment on table visit is 'Visits to enterprises. day is the day planned for, then the day it was made on; content is what was recorded. record_key names the record on the telephone it was made on, so that it never arrives twice.';
create index visit_day on visit (province_code, edition_code, unit_code, day, position);
create unique index visit_record_key on visit (province_code, unit_code, record_key);
