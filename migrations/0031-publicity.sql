-- Publicity (宣传): what media reported, and materials with their stock (docs/decisions/0040).
create table media_item (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  title text not null,
  title_key text not null,
  outlet text not null,
  level text not null,
  link text not null default '',
  link_key text not null default '',
  published_on date not null,
  origin text not null check (origin in ('original', 'repost')),
  original_id text,
  evidence text[] not null default '{}',
  window_reason text,
  deleted_at timestamptz,
  version integer not null,
  demonstration boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (province_code, id),
  check (origin = 'repost' or original_id is null)
);
comment on table media_item is 'Media items (宣传报道). An original is the ledger entry of kind media_item with source publicity; a repost names its original and counts nothing. title_key and link_key are how doubles are found.';
create index media_item_unit on media_item (province_code, edition_code, unit_code, published_on);
create index media_item_original on media_item (province_code, original_id);

create table material (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  name text not null,
  form text not null check (form in ('leaflet', 'poster', 'booklet', 'goods', 'video', 'online')),
  received integer not null default 0 check (received >= 0),
  handed_out integer not null default 0 check (handed_out >= 0 and handed_out <= received),
  reads integer not null default 0 check (reads >= 0),
  deleted_at timestamptz,
  version integer not null,
  demonstration boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (province_code, id)
);
comment on table material is 'Publicity materials (宣传材料) of a unit and edition. Its figures are the sums of its moves; stock is received less handed_out.';
create index material_unit on material (province_code, edition_code, unit_code);

create table material_move (
  province_code smallint not null,
  material_id text not null,
  number integer not null,
  edition_code text not null,
  unit_code text not null,
  kind text not null check (kind in ('received', 'handed_out', 'read')),
  amount integer not null check (amount <> 0),
  on_day date not null,
  occasion text not null default '',
  activity_id text,
  reason text not null default '',
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, material_id, number),
  check (amount > 0 or reason <> '')
);
comment on table material_move is 'What came in and was handed out of materials, append-only; an amount below zero corrects, with a reason.';
create index material_move_unit on material_move (province_code, edition_code, unit_code, at);
create index material_move_activity on material_move (province_code, activity_id);
