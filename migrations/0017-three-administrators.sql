-- 三员分立: an account has one duty; the roles of system, security and audit exclude each other and every business role.
-- Held by the database itself, without triggers and extensions: a grant repeats its account's duty and must fit it.
alter table account add column duty text not null default 'business' constraint account_duty_known check (duty in ('business', 'system', 'security', 'audit'));
comment on column account.duty is 'What an account is for, once and for all: business, or one of the three administrators.';

alter table role_grant drop constraint role_grant_role_check;
-- Until now whoever kept accounts held nothing else; should a row say otherwise, the account stays with its business.
delete from role_grant g using role_grant other where g.role = 'administrator' and other.account_id = g.account_id and other.role <> 'administrator';
update account set duty = 'system' where id in (select account_id from role_grant where role = 'administrator');
update role_grant set role = 'system_administrator' where role = 'administrator';

alter table account add constraint account_duty unique (id, duty);
alter table role_grant add column duty text not null default 'business';
update role_grant set duty = 'system' where role = 'system_administrator';
alter table role_grant
  add constraint role_grant_role_check check (role in ('clerk', 'reviewer', 'head', 'coordinator', 'national_office', 'system_administrator', 'security_administrator', 'auditor')),
  add constraint role_grant_duty_fits check (
    duty = case role when 'system_administrator' then 'system' when 'security_administrator' then 'security' when 'auditor' then 'audit' else 'business' end),
  add constraint role_grant_duty foreign key (account_id, duty) references account (id, duty) on delete cascade;
comment on column role_grant.duty is 'The duty of the account, repeated: no account holds roles of two duties.';

-- Roles are proposed by one and approved by another; an account is in use from its first approval.
alter table account add column ends_at timestamptz, add column last_signed_in_at timestamptz;
comment on column account.ends_at is 'From when a leaver comes in no more; null for whoever stays.';

create table grant_request (
  id text primary key,
  account_id text not null references account on delete cascade,
  kind text not null check (kind in ('invitation', 'change')),
  unit_code text not null references unit,
  reason text not null,
  proposed_by text not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'refused', 'withdrawn')),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  decision_reason text,
  constraint grant_request_two_people check (state <> 'approved' or decided_by is distinct from proposed_by)
);
comment on table grant_request is 'Who proposed which roles for whom, and who else decided.';
create unique index grant_request_pending on grant_request (account_id) where state = 'pending';
create index grant_request_unit on grant_request (unit_code, proposed_at);

create table requested_role (
  request_id text not null references grant_request on delete cascade,
  role text not null,
  unit_code text not null references unit,
  primary key (request_id, role, unit_code)
);
comment on table requested_role is 'The roles of a request.';
create index requested_role_unit on requested_role (unit_code);

create table recovery (
  id text primary key,
  account_id text not null references account on delete cascade,
  unit_code text not null references unit,
  reason text not null,
  requested_by text not null,
  requested_by_name text not null,
  requested_as text not null check (requested_as in ('unit', 'security')),
  requested_at timestamptz not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'refused', 'withdrawn')),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  constraint recovery_two_people check (state <> 'approved' or decided_by is distinct from requested_by)
);
comment on table recovery is 'A holder lost password or factors: the unit and a security administrator let the account be set up anew together.';
create unique index recovery_pending on recovery (account_id) where state = 'pending';
create index recovery_unit on recovery (unit_code, requested_at);

create table substitution (
  id text primary key,
  account_id text not null references account on delete cascade,
  substitute_id text not null references account on delete cascade,
  unit_code text not null references unit,
  first_day date not null,
  last_day date not null,
  named_by text not null,
  named_by_name text not null,
  named_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by_name text,
  constraint substitution_of_another check (account_id <> substitute_id),
  constraint substitution_days check (first_day <= last_day)
);
comment on table substitution is 'B 角: who acts in whose place on which days. It ends by itself, or at once when revoked.';
create index substitution_account on substitution (account_id, last_day);
create index substitution_substitute on substitution (substitute_id, last_day);
create index substitution_unit on substitution (unit_code, last_day);

create table substituted_role (
  substitution_id text not null references substitution on delete cascade,
  role text not null,
  unit_code text not null references unit,
  primary key (substitution_id, role, unit_code)
);
comment on table substituted_role is 'The roles handed over; whoever lost one since lends it no more.';

alter table session add column substitution_id text references substitution on delete set null;
comment on column session.substitution_id is 'In whose place this session acts just now; null in its own.';

create table attestation (
  id text primary key,
  unit_code text not null references unit,
  year integer not null,
  attested_by text not null references account on delete cascade,
  attested_by_name text not null,
  at timestamptz not null
);
comment on table attestation is 'The head of a unit went through the list of its accounts, once a year before June.';
create index attestation_unit on attestation (unit_code, year);

create table attested_account (
  attestation_id text not null references attestation on delete cascade,
  account_id text not null,
  account_name text not null,
  verdict text not null check (verdict in ('keep', 'take_role', 'disable')),
  primary key (attestation_id, account_id)
);
comment on table attested_account is 'What the head said of each account.';
