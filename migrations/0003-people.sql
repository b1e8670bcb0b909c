-- Accounts, what they may be at which unit, sessions and one-time sign-in links.
create table account (
  id text primary key,
  sign_in_name text not null,
  display_name text not null,
  password_hash text,
  disabled_at timestamptz,
  demonstration boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint account_sign_in_name_unique unique (sign_in_name)
);
comment on table account is 'Real-name accounts. No default account, no default password.';

create table role_grant (
  account_id text not null references account on delete cascade,
  role text not null check (role in ('clerk', 'reviewer', 'head', 'coordinator', 'national_office', 'administrator')),
  unit_code text not null references unit,
  primary key (account_id, role, unit_code)
);
comment on table role_grant is 'Which role an account holds at which unit.';
create index role_grant_unit on role_grant (unit_code);

create table session (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table session is 'Open sessions; only a hash of the token is kept.';
create index session_account on session (account_id);

create table sign_in_link (
  token_hash text primary key,
  account_id text not null references account on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table sign_in_link is 'One-time links; only a hash of the token is kept.';

create table sign_in_attempt (
  sign_in_name text not null,
  at timestamptz not null
);
comment on table sign_in_attempt is 'Wrong passwords of the last minutes, for the lock-out.';
create index sign_in_attempt_name on sign_in_attempt (sign_in_name, at);
create index sign_in_attempt_at on sign_in_attempt (at);
