-- Service points (服务站点): contact points, stations, sites and bases, through their life; what was done for enterprises there (docs/decisions/0041).
create table service_point (
  province_code smallint not null,
  id text not null,
  unit_code text not null references unit,
  kind text not null check (kind in ('contact_point', 'service_station', 'guidance_station', 'demo_site', 'protection_base')),
  name text not null,
  name_bigrams text[] not null,
  uscc text,
  body text not null default '',
  address text not null,
  latitude numeric(8, 5),
  longitude numeric(8, 5),
  hours text not null default '',
  telephone text not null default '',
  coverage text not null default '',
  state text not null check (state in ('candidate', 'nurturing', 'applied', 'inspected', 'named', 'reviewed', 'revoked')),
  state_before text,
  state_by text not null,
  named_on date,
  reviewed_on date,
  version integer not null,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (province_code, id),
  check (num_nulls(latitude, longitude) in (0, 2))
);
comment on table service_point is 'Service points as they stand. state_by is whoever brought it where it is: naming is somebody else''s. Address, hours and telephone are an office''s and public once it is named; people are in liaison_officer.';
create index service_point_unit on service_point (province_code, unit_code, kind, state);
create index service_point_name on service_point using gin (name_bigrams);

create table service_point_act (
  province_code smallint not null,
  point_id text not null,
  number integer not null,
  unit_code text not null,
  act text not null,
  from_state text,
  to_state text not null,
  on_day date not null,
  note text not null,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, point_id, number)
);
comment on table service_point_act is 'What brought a service point from state to state, append-only.';

create table liaison_officer (
  province_code smallint not null,
  id text not null,
  point_id text not null,
  unit_code text not null references unit,
  side text not null check (side in ('point', 'bureau')),
  sealed text,
  told_on date not null,
  since date not null,
  until date,
  version integer not null,
  demonstration boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (province_code, id)
);
comment on table liaison_officer is 'Liaison officers (联络员) of service points: name, post and telephone wrapped in sealed; null once they have gone and were erased.';
create index liaison_officer_point on liaison_officer (province_code, point_id);

create table point_service (
  province_code smallint not null,
  id text not null,
  point_id text not null,
  unit_code text not null references unit,
  occurred_on date not null,
  topic text not null check (topic in ('law', 'system', 'staff', 'carriers', 'technology', 'remedy', 'policy', 'other')),
  enterprise_name text not null default '',
  what text not null,
  deleted_at timestamptz,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (province_code, id)
);
comment on table point_service is 'Service log of service points: one line for each time somebody was helped. Counted in no row of the official table (domain 9, question 27).';
create index point_service_point on point_service (province_code, point_id, occurred_on);
