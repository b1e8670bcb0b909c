-- Forms that were filled by hand and read in: the file, what was read from it, what a clerk confirmed. What the form has and the ledger has
-- not is kept as adjustments that name the form, so that everything else counts as it always did.
create table form_reading (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  file_name text not null,
  media_type text not null,
  bytes integer not null,
  sha256 text not null,
  sm3 text not null,
  reading jsonb not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  figures jsonb,
  ledger_no bigint,
  replaces_id text,
  confirmed_by text,
  confirmed_by_name text,
  confirmed_at timestamptz,
  removed_ledger_no bigint,
  primary key (province_code, id)
);
comment on table form_reading is 'A filled form read in. Without confirmed_at it waits for its questions to be answered, for two days; with removed_ledger_no it was withdrawn or replaced by a later one.';
create index form_reading_unit on form_reading (province_code, edition_code, unit_code);
create index form_reading_digest on form_reading (sha256);

create table form_mapping (
  province_code smallint not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  fingerprint text not null,
  choices jsonb not null,
  account_id text not null,
  at timestamptz not null,
  primary key (province_code, edition_code, unit_code, fingerprint)
);
comment on table form_mapping is 'What a unit has said about forms of one layout: which row means which indicator, and which column holds the figures.';

alter table adjustment add column form_id text;
comment on column adjustment.form_id is 'The form this count comes from; null for one that a person typed.';
