-- What a unit knows of enterprises beside code and name: tags, address, contacts, the list of key enterprises, and which are the same.
create table enterprise_record (
  province_code smallint not null,
  unit_code text not null references unit,
  enterprise_id integer not null references enterprise,
  tags text[] not null default '{}',
  industry text not null default '',
  address text not null default '',
  note text not null default '',
  version integer not null default 1,
  demonstration boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (province_code, unit_code, enterprise_id),
  check (tags <@ array['knowledge_intensive', 'technology_intensive', 'innovative', 'time_honoured'])
);
comment on table enterprise_record is 'What one unit knows of an enterprise; the register itself (enterprise) holds public facts only.';

create table enterprise_contact (
  province_code smallint not null,
  id text not null,
  unit_code text not null references unit,
  enterprise_id integer not null references enterprise,
  sealed text,
  purposes text[] not null,
  notice text not null,
  told_on date not null,
  told_by text not null,
  told_how text not null check (told_how in ('in_person', 'telephone', 'written', 'online')),
  version integer not null default 1,
  demonstration boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  erased_at timestamptz,
  erased_by text,
  erased_for text check (erased_for in ('withdrawn', 'left', 'wrong', 'not_needed')),
  primary key (province_code, id),
  check ((sealed is null) = (erased_at is not null))
);
comment on table enterprise_contact is 'Contacts of enterprises (class D4): name, post, telephone and e-mail wrapped in sealed, what the person was told beside it. Erased: sealed is gone, that it was there stays.';
create index enterprise_contact_of on enterprise_contact (province_code, unit_code, enterprise_id);

create table target_enterprise (
  province_code smallint not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  enterprise_id integer not null references enterprise,
  demonstration boolean not null default false,
  added_by text not null,
  added_at timestamptz not null,
  primary key (province_code, edition_code, unit_code, enterprise_id)
);
comment on table target_enterprise is 'The list of key enterprises (重点企业名单) of a unit for an edition.';

create table enterprise_merge (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  from_enterprise_id integer references enterprise,
  from_name text not null,
  into_enterprise_id integer not null references enterprise,
  reason text not null,
  trace jsonb not null,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by_name text,
  undone_reason text,
  primary key (province_code, id)
);
comment on table enterprise_merge is 'Which enterprises a unit took for the same, with what was changed for it, so that it can be undone. Entries change by new versions only.';
create index enterprise_merge_unit on enterprise_merge (province_code, edition_code, unit_code);
create index enterprise_merge_into on enterprise_merge (province_code, unit_code, into_enterprise_id);

-- Whether a listed enterprise is served is asked of the index alone.
drop index participation_enterprise;
create index participation_enterprise on participation (province_code, enterprise_id, edition_code, unit_code);
-- What an enterprise asks of itself: everything that names it, wherever it was.
create index participation_everywhere on participation (enterprise_id);
-- A sheet may be the list of key enterprises as well.
alter table import_job drop constraint import_job_subject_check;
alter table import_job add constraint import_job_subject_check check (subject in ('ledger', 'enterprises', 'targets'));
