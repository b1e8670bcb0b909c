-- The public column (docs/decisions/0037): articles that editors draft and a second person publishes, pictures, tables of figures released
-- to the public. Drafts and true figures stay with the unit; what everybody may read is a copy in tables of its own.
alter table role_grant drop constraint role_grant_role_check;
alter table role_grant
  add constraint role_grant_role_check check (role in ('clerk', 'reviewer', 'head', 'coordinator', 'national_office', 'column_editor', 'column_publisher', 'system_administrator', 'security_administrator', 'auditor'));

create table article (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  kind text not null check (kind in ('news', 'policy', 'guide', 'typical_case')),
  state text not null check (state in ('draft', 'offered', 'published', 'taken_down', 'removed')),
  version integer not null,
  published_version integer,
  document jsonb not null,
  authors text[] not null,
  source_kind text,
  source_id text,
  demonstration boolean not null default false,
  created_by text not null,
  saved_by_name text not null,
  saved_at timestamptz not null,
  primary key (province_code, id),
  constraint article_source_whole check (num_nulls(source_kind, source_id) in (0, 2))
);
comment on table article is 'Articles of the column as their editors have them. authors: whoever wrote anything since the last publication; none of them may publish it. source: the work of another module it was drafted from.';
create index article_unit on article (province_code, unit_code, saved_at desc);
create unique index article_source on article (province_code, source_kind, source_id) where source_kind is not null;

create table article_version (
  province_code smallint not null,
  article_id text not null,
  version integer not null,
  unit_code text not null,
  change text not null check (change in ('drafted', 'saved', 'offered', 'withdrawn', 'sent_back', 'published', 'taken_down', 'removed', 'restored')),
  document jsonb not null,
  reason text,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, article_id, version)
);
comment on table article_version is 'Every state of an article and every act on it, who and when.';

create table published_article (
  province_code smallint not null,
  id text not null,
  unit_code text not null references unit,
  above text[] not null,
  kind text not null,
  version integer not null,
  document jsonb not null,
  pictures jsonb not null,
  bigrams text[] not null,
  visible_from timestamptz not null,
  published_at timestamptz not null,
  changed_at timestamptz not null,
  taken_down_at timestamptz,
  taken_down_why text,
  demonstration boolean not null default false,
  primary key (province_code, id)
);
comment on table published_article is 'What the public reads of an article: the version published last. above: the unit and all above it, whose columns show it too. visible_from: not before. Taken down, title and reason stay.';
create index published_article_above on published_article using gin (above);
create index published_article_bigrams on published_article using gin (bigrams);
create index published_article_changed on published_article (changed_at);

create table column_picture (
  province_code smallint not null,
  id text not null,
  unit_code text not null references unit,
  name text not null,
  media_type text not null,
  bytes integer not null,
  sha256 text not null,
  sm3 text not null,
  width integer not null,
  height integer not null,
  checked text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (province_code, id)
);
comment on table column_picture is 'Pictures for articles, drawn anew and checked as evidence is.';
create index column_picture_digest on column_picture (sha256);

create table column_release (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  as_of date not null,
  basis text not null check (basis in ('ledger', 'returns')),
  content jsonb not null,
  state text not null check (state in ('frozen', 'released', 'withdrawn', 'refused')),
  hidden jsonb,
  reason text,
  demonstration boolean not null default false,
  frozen_by text not null,
  frozen_by_name text not null,
  frozen_at timestamptz not null,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  primary key (province_code, id),
  constraint column_release_two_people check (state = 'frozen' or decided_by is distinct from frozen_by or state = 'withdrawn')
);
comment on table column_release is 'Figures of a unit and all below it, frozen by one official and released to the public by another. content holds them as they are; hidden the cells the public does not see (statistical disclosure control).';
create index column_release_unit on column_release (province_code, edition_code, unit_code);
create index column_release_edition on column_release (edition_code, state);

create table released_table (
  province_code smallint not null,
  release_id text not null,
  edition_code text not null,
  unit_code text not null,
  of_unit text not null,
  above text[] not null,
  as_of date not null,
  basis text not null,
  cells jsonb not null,
  released_at timestamptz not null,
  changed_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_why text,
  primary key (province_code, release_id, unit_code)
);
comment on table released_table is 'What the public sees of a release: a row a unit (unit_code) with its figures, small numbers left out. of_unit: whose release it is; above: the unit and those above it, up to of_unit.';
create index released_table_unit on released_table (unit_code, edition_code);
create index released_table_parent on released_table using gin (above);
create index released_table_changed on released_table (changed_at);

create table column_setting (
  province_code smallint not null,
  unit_code text not null references unit,
  shown jsonb,
  proposed jsonb,
  proposed_by text,
  proposed_by_name text,
  proposed_at timestamptz,
  approved_by_name text,
  changed_at timestamptz not null,
  demonstration boolean not null default false,
  primary key (province_code, unit_code)
);
comment on table column_setting is 'What a unit says of itself on its column: how to reach it, how to get help, on what terms its data may be used. Proposed by one, shown once another has approved it.';
create index column_setting_changed on column_setting (changed_at);
