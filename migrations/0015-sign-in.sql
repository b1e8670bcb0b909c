-- Coming in by two steps, sessions that lock and end, and what their holder is told.
alter table account add column password_changed_at timestamptz;
comment on column account.password_changed_at is 'When the password was set; null without one, or set before this was kept.';

create table password_before (
  account_id text not null references account on delete cascade,
  password_hash text not null,
  at timestamptz not null
);
comment on table password_before is 'The last passwords of an account as hashes, so that none of them is taken again.';
create index password_before_account on password_before (account_id, at);

create table totp (
  id text primary key,
  account_id text not null references account on delete cascade,
  name text not null,
  secret text not null,
  last_step bigint not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_used_at timestamptz
);
comment on table totp is 'Secrets of authenticator apps, wrapped under the root. last_step: the last time step used, so that no code counts twice.';
create index totp_account on totp (account_id);

create table recovery_code (
  code_hash text primary key,
  account_id text not null references account on delete cascade,
  created_at timestamptz not null,
  used_at timestamptz
);
comment on table recovery_code is 'Codes to print, for the day the second factor is lost; only hashes are kept, each counts once.';
create index recovery_code_account on recovery_code (account_id);

create table sign_in_ticket (
  ticket_hash text primary key,
  account_id text not null references account on delete cascade,
  account_version integer not null,
  tries integer not null default 0,
  expires_at timestamptz not null
);
comment on table sign_in_ticket is 'Between the two steps of signing in: minutes, once, five tries. Only a hash of the ticket is kept.';
create index sign_in_ticket_end on sign_in_ticket (expires_at);

-- Whoever is signed in signs in again: what a session must now know was not kept.
delete from session;
alter table session
  add column id text not null default gen_random_uuid()::text,
  add column device text not null default 'desktop' check (device in ('desktop', 'phone')),
  add column browser text not null default '',
  add column system text not null default '',
  add column enrolling boolean not null default false,
  add column last_seen_at timestamptz,
  add column proved_at timestamptz,
  add column locked_at timestamptz,
  add column previous_hash text,
  add column renewed_at timestamptz,
  add column ended_at timestamptz,
  add column ended_why text check (ended_why in ('replaced', 'ended_elsewhere', 'account_changed', 'recovered')),
  add constraint session_id_unique unique (id);
comment on column session.previous_hash is 'The token before the last renewal: requests under way with it count for half a minute.';
comment on column session.ended_why is 'Kept until the session would have ended, so that its browser can say why.';
create index session_previous on session (previous_hash);

create table known_device (
  account_id text not null references account on delete cascade,
  device text not null,
  browser text not null,
  system text not null,
  first_seen_at timestamptz not null,
  primary key (account_id, device, browser, system)
);
comment on table known_device is 'Kinds of devices an account has signed in from; a new one is told of. No address, no serial number.';

create table account_notice (
  id text primary key,
  account_id text not null references account on delete cascade,
  kind text not null,
  details jsonb not null,
  at timestamptz not null,
  seen_at timestamptz
);
comment on table account_notice is 'What happened to an account and its holder should know: a new device, a factor added or gone, codes tried in vain.';
create index account_notice_account on account_notice (account_id, at);

alter table sign_in_attempt add column step text not null default 'password' check (step in ('password', 'second_factor'));
