-- What one proves oneself with beside a password: passkeys, SM2 keys in a UKey, an identity at a sign-in service.
create table passkey (
  credential_id text primary key,
  account_id text not null references account on delete cascade,
  public_key text not null,
  counter bigint not null,
  name text not null,
  transports text[] not null,
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
comment on table passkey is 'Passkeys by WebAuthn: public keys only. The counter never goes back, or the key counts as copied.';
create index passkey_account on passkey (account_id);

create table ukey (
  id text primary key,
  account_id text not null references account on delete cascade,
  fingerprint text not null,
  public_key text not null,
  name text not null,
  subject text,
  serial text,
  valid_from timestamptz,
  valid_until timestamptz,
  registered_by text not null,
  registered_by_name text not null,
  registered_at timestamptz not null,
  last_used_at timestamptz,
  constraint ukey_fingerprint_unique unique (fingerprint)
);
comment on table ukey is 'SM2 public keys of UKeys, registered by a security administrator; the fingerprint is SM3 of the key.';
create index ukey_account on ukey (account_id);

create table linked_identity (
  issuer text not null,
  subject text not null,
  account_id text not null references account on delete cascade,
  label text not null,
  linked_by text not null,
  linked_by_name text not null,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (issuer, subject),
  constraint linked_identity_account_unique unique (account_id, issuer)
);
comment on table linked_identity is 'Which account an identity at a sign-in service opens: bound beforehand by the subject, never by name or mail.';

create table sign_in_challenge (
  handle_hash text primary key,
  purpose text not null check (purpose in ('passkey_enrolment', 'passkey', 'ukey', 'single_sign_on')),
  account_id text references account on delete cascade,
  content jsonb not null,
  expires_at timestamptz not null
);
comment on table sign_in_challenge is 'Challenges that wait for their answer: minutes, once. Only a hash of the handle is kept.';
create index sign_in_challenge_end on sign_in_challenge (expires_at);
