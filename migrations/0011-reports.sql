-- Reports (总结报告、调研分析报告、信息): documents whose numbers are bound to the table, kept version by version.
create table report (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  kind text not null check (kind in ('summary', 'research', 'information')),
  version integer not null,
  document jsonb not null,
  shown jsonb not null,
  removed_at timestamptz,
  demonstration boolean not null default false,
  created_by text not null,
  saved_by_name text not null,
  saved_at timestamptz not null,
  primary key (province_code, id)
);
comment on table report is 'Reports as they stand. version is for compare-and-set; shown holds the numbers the report showed when somebody last took note of them.';
create index report_unit on report (province_code, edition_code, unit_code);
create unique index report_summary on report (province_code, edition_code, unit_code) where kind = 'summary' and removed_at is null;

create table report_version (
  province_code smallint not null,
  report_id text not null,
  version integer not null,
  edition_code text not null,
  unit_code text not null,
  change text not null check (change in ('drafted', 'saved', 'restored', 'removed')),
  document jsonb not null,
  shown jsonb not null,
  return_acts integer not null,
  account_id text not null,
  account_name text not null,
  began_at timestamptz not null,
  at timestamptz not null,
  primary key (province_code, report_id, version)
);
comment on table report_version is 'Earlier states of reports. Saves of one person within ten minutes of began_at are one state, unless the return was submitted in between: what travelled with it stays. return_acts is how many acts the return had: a state saved before the act that submitted it was there to travel.';
