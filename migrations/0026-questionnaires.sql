-- Questionnaires: a draft that changes, and versions that were published and never change (docs/decisions/0035).
create table questionnaire (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  version integer not null,
  definition jsonb not null,
  published integer not null default 0,
  changed boolean not null default true,
  closed_at timestamptz,
  removed_at timestamptz,
  demonstration boolean not null default false,
  created_by text not null,
  saved_by_name text not null,
  saved_at timestamptz not null,
  primary key (province_code, id)
);
comment on table questionnaire is 'Questionnaires as they stand: the draft, how many versions were published (0: none), whether the draft says something else than the last of them. version is for compare-and-set.';
create index questionnaire_unit on questionnaire (province_code, edition_code, unit_code);

create table questionnaire_version (
  province_code smallint not null,
  questionnaire_id text not null,
  number integer not null,
  edition_code text not null,
  unit_code text not null,
  definition jsonb not null,
  published_by text not null,
  published_by_name text not null,
  published_at timestamptz not null,
  primary key (province_code, questionnaire_id, number)
);
comment on table questionnaire_version is 'What was published, as it was published: answers name the version they answer.';
