-- Editions of the service month, who stood where in each, internal deadlines, a province's own rows.
create table edition (
  code text primary key check (code ~ '^[0-9a-z-]{4,20}$'),
  definition jsonb not null,
  digest text not null,
  tree_date date not null,
  closed_at timestamptz,
  loaded_at timestamptz not null
);
comment on table edition is 'Validated edition files (data/editions), as loaded.';

create table placement (
  edition_code text not null references edition,
  unit_code text not null references unit,
  province_code smallint not null,
  parent_code text references unit,
  depth smallint not null check (depth between 0 and 4),
  p1 text,
  p2 text,
  p3 text,
  sort text not null,
  primary key (edition_code, unit_code)
);
comment on table placement is 'The reporting tree as one edition knows it: p1 to p3 are the unit or its ancestor at depth 1 to 3. Frozen when the edition closes, so that past totals stay reproducible.';
create index placement_parent on placement (edition_code, parent_code);
create index placement_p1 on placement (edition_code, p1);
create index placement_p2 on placement (edition_code, p2);
create index placement_p3 on placement (edition_code, p3);

create table internal_deadline (
  edition_code text not null references edition,
  unit_code text not null references unit,
  due_at timestamptz not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (edition_code, unit_code)
);
comment on table internal_deadline is 'When the units below unit_code must have submitted, earlier than the edition deadline.';

create table extension_row (
  edition_code text not null references edition,
  unit_code text not null references unit,
  code text not null,
  definition jsonb not null,
  base_slot smallint not null check (base_slot between 1 and 64),
  removed_at timestamptz,
  primary key (edition_code, unit_code, code)
);
comment on table extension_row is 'Rows a province adds for itself; they never travel above it.';
