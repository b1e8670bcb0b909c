-- Ledgers and enterprises from sheets: the file's rows in parts, how its columns are read, how far it has been taken, and which
-- entry each row of any sheet made, so that the same row never makes two.
create table import_job (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  subject text not null check (subject in ('ledger', 'enterprises')),
  kind text,
  file_name text not null,
  sha256 text not null,
  marker jsonb,
  first_rows jsonb not null,
  header_row integer,
  columns jsonb not null,
  row_count integer not null,
  part_count integer not null,
  next_part integer not null default 0,
  state text not null check (state in ('uploaded', 'mapped', 'applying', 'applied', 'undoing', 'undone')),
  counts jsonb not null,
  missing jsonb not null,
  account_id text not null,
  account_name text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (province_code, id),
  check ((subject = 'ledger') = (kind is not null))
);
comment on table import_job is 'A sheet being taken into a unit''s ledger, or into the register of enterprises. next_part is how far: a part is taken in one transaction, once.';
create index import_job_unit on import_job (province_code, edition_code, unit_code, created_at);

create table import_part (
  province_code smallint not null,
  import_id text not null,
  number integer not null,
  first_row integer not null,
  row_count integer not null,
  rows text not null,
  row_keys text[],
  primary key (province_code, import_id, number)
);
comment on table import_part is 'Rows of a sheet as they were read (JSON), some hundred at a time, and who each of them is; deleted after some weeks.';

create table import_row (
  province_code smallint not null,
  edition_code text not null,
  unit_code text not null,
  kind text not null,
  row_key text not null,
  activity_id text not null,
  import_id text not null,
  primary key (province_code, edition_code, unit_code, kind, row_key)
);
comment on table import_row is 'Which entry a row of a sheet made. row_key is a digest of the row''s own number, or of date, title and place and which of the same.';
create index import_row_import on import_row (province_code, import_id);

create table import_heading (
  province_code smallint not null,
  unit_code text not null,
  kind text not null,
  fingerprint text not null,
  columns jsonb not null,
  changed_at timestamptz not null,
  primary key (province_code, unit_code, kind, fingerprint)
);
comment on table import_heading is 'How a unit reads the columns of its own sheets: confirmed once, proposed the next time. fingerprint is a digest of the headings.';
