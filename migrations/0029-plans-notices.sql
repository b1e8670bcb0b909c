-- Local plans (实施方案) and notices to units below with their receipts (docs/decisions/0038).
create table work_plan (
  province_code smallint not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  version integer not null,
  content jsonb not null,
  issued_version integer,
  issued jsonb,
  issued_at timestamptz,
  issued_by_name text,
  demonstration boolean not null default false,
  created_by text not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (province_code, edition_code, unit_code),
  check (num_nulls(issued_version, issued, issued_at, issued_by_name) in (0, 4))
);
comment on table work_plan is 'The local plan of a unit for an edition: what is being written, and what was issued last, which units above and right below see.';

create table work_plan_version (
  province_code smallint not null,
  edition_code text not null,
  unit_code text not null,
  version integer not null,
  change text not null check (change in ('drafted', 'saved', 'issued', 'activity')),
  content jsonb not null,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, edition_code, unit_code, version)
);
comment on table work_plan_version is 'Every state of a local plan, append-only.';

create table notice (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  title text not null,
  text text not null,
  on_day date,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  sent_at timestamptz not null,
  primary key (province_code, id)
);
comment on table notice is 'Notices a unit sent to units below it.';
create index notice_unit on notice (province_code, edition_code, unit_code, sent_at);

create table notice_receipt (
  province_code smallint not null,
  notice_id text not null,
  unit_code text not null references unit,
  edition_code text not null,
  from_unit_code text not null references unit,
  title text not null,
  text text not null,
  on_day date,
  sent_by_name text not null,
  sent_at timestamptz not null,
  read_at timestamptz,
  read_by_name text,
  reminded_at timestamptz,
  demonstration boolean not null default false,
  primary key (province_code, notice_id, unit_code),
  check (num_nulls(read_at, read_by_name) in (0, 2))
);
comment on table notice_receipt is 'A notice as each unit received it, in the receiver''s province, and who read it first.';
create index notice_receipt_unit on notice_receipt (province_code, edition_code, unit_code, sent_at);

create table notice_reading (
  province_code smallint not null,
  notice_id text not null,
  unit_code text not null,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, notice_id, unit_code, account_id)
);
comment on table notice_reading is 'Who of a unit read a notice, and when; append-only.';
