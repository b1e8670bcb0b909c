-- The activity ledger (活动台账): current records, every version, who attended, evidence.
create table activity (
  province_code smallint not null,
  id text not null,
  edition_code text not null,
  unit_code text not null,
  kind text not null,
  occurred_on date not null,
  title text not null,
  title_key text not null,
  place text not null,
  content jsonb not null,
  counters smallint[] not null,
  amounts bigint[] not null,
  distinct_counters smallint[] not null,
  version integer not null,
  ledger_no bigint not null,
  deleted_at timestamptz,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (province_code, id),
  -- Not the edition's own row: every entry of the country would lock that one.
  foreign key (edition_code, unit_code) references placement
);
comment on table activity is 'Ledger entries as they stand. counters and amounts (parallel) and distinct_counters are what the entry added to its unit''s figures, kept so that an edit takes back exactly that.';
create index activity_unit on activity (province_code, edition_code, unit_code, kind, occurred_on);
create index activity_twin on activity (province_code, edition_code, occurred_on, title_key);

create table activity_version (
  province_code smallint not null,
  activity_id text not null,
  version integer not null,
  edition_code text not null,
  unit_code text not null,
  ledger_no bigint not null,
  change text not null check (change in ('recorded', 'edited', 'deleted', 'restored')),
  content jsonb not null,
  counters smallint[] not null,
  amounts bigint[] not null,
  distinct_counters smallint[] not null,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  reason text,
  primary key (province_code, activity_id, version)
);
comment on table activity_version is 'Every version of every entry, append-only. ledger_no is the unit''s ledger number at the change: the ledger as at number n is the latest version of each entry with ledger_no <= n.';
create index activity_version_unit on activity_version (province_code, edition_code, unit_code, ledger_no);

create table participation (
  province_code smallint not null,
  activity_id text not null,
  enterprise_id integer not null references enterprise,
  edition_code text not null,
  unit_code text not null,
  primary key (province_code, activity_id, enterprise_id)
);
comment on table participation is 'Enterprises with a code that attended a live entry.';
create index participation_enterprise on participation (enterprise_id, edition_code);

create table evidence (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  activity_id text,
  name text not null,
  media_type text not null,
  bytes integer not null,
  sha256 text not null,
  sm3 text not null,
  perceptual_hash text,
  width integer,
  height integer,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  removed_at timestamptz,
  primary key (province_code, id)
);
comment on table evidence is 'Pictures and files behind entries. Bytes lie in the blob store under sha256; the hashes are of what is stored.';
create index evidence_activity on evidence (province_code, activity_id);
create index evidence_hash on evidence (province_code, sha256);
create index evidence_unit on evidence (province_code, edition_code, unit_code);
-- What housekeeping looks for every hour: evidence behind no entry, and whether any row names the bytes of a file.
create index evidence_unattached on evidence (province_code, edition_code, unit_code, uploaded_at) where activity_id is null and removed_at is null;
create index evidence_digest on evidence (sha256);
