-- What the virus scanner said of a file: it is shown when clean, or when there is no scanner to ask.
alter table evidence add column checked text not null default 'unchecked' check (checked in ('unchecked', 'clean', 'pending', 'infected'));
comment on column evidence.checked is 'unchecked: no scanner is set; pending: the scanner did not answer, not shown until it did; infected: found later, never shown again.';
create index evidence_pending on evidence (province_code, uploaded_at) where checked = 'pending' and removed_at is null;
