-- Accounts of enterprises: a fifth duty, which excludes the others by the same constraint (0017): a grant's duty is never 'enterprise', so
-- such an account holds no role, and it belongs to exactly one enterprise. And what enterprises assess of themselves (docs/decisions/0033).
alter table account drop constraint account_duty_known, add constraint account_duty_known check (duty in ('business', 'system', 'security', 'audit', 'enterprise'));
comment on column account.duty is 'What an account is for, once and for all: business, one of the three administrators, or an enterprise.';

create table enterprise_account (
  account_id text primary key,
  duty text not null default 'enterprise' constraint enterprise_account_duty_fits check (duty = 'enterprise'),
  enterprise_id integer not null references enterprise,
  unit_code text not null references unit,
  contact text not null,
  checked text not null,
  opened_by text not null,
  opened_by_name text not null,
  opened_at timestamptz not null,
  recovery_reason text,
  recovery_contact text,
  recovery_by text,
  recovery_by_name text,
  recovery_at timestamptz,
  constraint enterprise_account_of_account foreign key (account_id, duty) references account (id, duty) on delete cascade,
  constraint enterprise_account_one unique (enterprise_id),
  constraint enterprise_account_recovery_whole check (num_nulls(recovery_reason, recovery_contact, recovery_by, recovery_by_name, recovery_at) in (0, 5))
);
comment on table enterprise_account is 'Which enterprise an account is of, and which unit keeps it. One for each enterprise: a second would let its opener look in.';
comment on column enterprise_account.contact is 'Name and telephone of the holder, wrapped.';
comment on column enterprise_account.checked is 'What the official checked before opening it.';
comment on column enterprise_account.recovery_by is 'Who asked to open it anew for a holder who lost the password; another one decides.';
create index enterprise_account_unit on enterprise_account (unit_code);

create table enterprise_account_request (
  province_code smallint not null,
  id text not null,
  unit_code text not null references unit,
  uscc text not null,
  name text not null,
  contact text,
  code_hash text not null,
  asked_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'refused')),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  checked text,
  primary key (province_code, id),
  constraint enterprise_account_request_contact check ((state = 'pending') = (contact is not null))
);
comment on column enterprise_account_request.contact is 'Who asks, wrapped; gone once it is decided.';
comment on table enterprise_account_request is 'Enterprises that ask a unit for an account on the site. The code they were shown opens it once approved; its hash is kept.';
create index enterprise_account_request_pending on enterprise_account_request (province_code, unit_code, asked_at) where state = 'pending';

create table assessment (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  enterprise_id integer not null references enterprise,
  bank text not null,
  version integer not null,
  state text not null check (state in ('draft', 'finished')),
  way text not null check (way in ('alone', 'with_officer')),
  content text not null,
  size text check (size in ('small', 'medium', 'large')),
  score smallint check (score between 0 and 1000),
  band text,
  shared_at timestamptz,
  officer_id text,
  officer_name text,
  visit_id text,
  demonstration boolean not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  finished_at timestamptz,
  primary key (province_code, id),
  constraint assessment_finished_whole check ((state = 'finished') = (num_nulls(size, score, band, finished_at) = 0)),
  constraint assessment_shared_finished check (shared_at is null or state = 'finished')
);
comment on table assessment is 'What an enterprise says of its own protection. Its unit sees it when it is shared, never before (kernel/walls.ts, of_enterprise).';
comment on column assessment.content is 'Answers with their notes, wrapped.';
comment on column assessment.score is 'Tenths of a point; in clear for the statistics of groups of at least ten.';
create index assessment_enterprise on assessment (enterprise_id, finished_at);
create index assessment_unit on assessment (province_code, edition_code, unit_code, finished_at);
create unique index assessment_draft on assessment (province_code, enterprise_id) where state = 'draft';
