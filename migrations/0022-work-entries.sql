-- Entries that a piece of work counts as: a visit, a training, a questionnaire (docs/decisions/0031).
alter table activity
  add column source_kind text,
  add column source_id text,
  add column source_part text,
  add constraint activity_source_whole check (num_nulls(source_kind, source_id, source_part) in (0, 3));
comment on column activity.source_kind is 'The work the entry counts as, by kind, id and part; null for an entry typed in the ledger. Such an entry changes with the work only.';
create unique index activity_source on activity (province_code, source_kind, source_id, source_part) where source_kind is not null;
