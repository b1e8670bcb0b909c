-- Two trees: places, and the units that report. Both dated: a date range is [valid_from, valid_to), null = open.
create table place (
  code text primary key check (code ~ '^[0-9]{6}$'),
  name text not null,
  parent_code text references place,
  valid_from date not null,
  valid_to date,
  successor_code text references place,
  check (valid_to is null or valid_to > valid_from)
);
comment on table place is 'Administrative divisions (GB/T 2260 codes), from the data file in data/units.';

create table unit (
  code text primary key check (code ~ '^[0-9]{6}$'),
  name text not null,
  short_name text not null,
  kind text not null check (kind in ('nation', 'province', 'xpcc', 'prefecture', 'county', 'zone')),
  province_code smallint not null,
  pinyin text not null,
  initials text not null,
  place_codes text[] not null,
  demonstration boolean not null default false,
  valid_from date not null,
  valid_to date,
  successor_codes text[] not null default '{}',
  check (valid_to is null or valid_to > valid_from)
);
comment on table unit is 'Reporting units (填报单位): who seals a table. A code is never reused.';

create table unit_line (
  unit_code text not null references unit,
  parent_code text not null references unit,
  valid_from date not null,
  valid_to date,
  primary key (unit_code, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
comment on table unit_line is 'Who a unit reports to, by date.';
create index unit_line_parent on unit_line (parent_code);
