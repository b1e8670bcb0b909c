-- Keys that sign for the installation and its units, and the signatures of seals.
create table installation_key (
  number integer primary key,
  suite text not null,
  public_key text not null,
  private_key text not null,
  made_at timestamptz not null
);
comment on table installation_key is 'Keys of the installation that certify the keys of units. The one of the highest number with the suite in use is current; private keys are wrapped under the root secret (kernel/secrets.ts).';

create table unit_key (
  province_code smallint not null,
  unit_code text not null,
  number integer not null,
  suite text not null,
  public_key text not null,
  private_key text,
  made_at timestamptz not null,
  issuer integer not null references installation_key,
  certificate text not null,
  retired_at timestamptz,
  primary key (province_code, unit_code, number)
);
comment on table unit_key is 'Key pairs a unit signs with, held by the server. private_key: wrapped under the root, bound to unit and number; gone once retired. certificate: signature of the installation key over unit, number, public key and made_at.';

alter table seal_log add column suite text;
alter table seal_log add column key_number integer;
alter table seal_log add column sealed_by text;
alter table seal_log add column signature text;
alter table seal_log add column request_id text;
alter table seal_log add constraint seal_log_signed check ((suite is null) = (signature is null) and (key_number is null) = (signature is null) and (sealed_by is null) = (signature is null));
comment on column seal_log.signature is 'By the unit''s key over the seal''s statement (seals/rules.ts); null on seals older than the keys, whose hash covers no signature.';
comment on column seal_log.request_id is 'The request that put the seal: by it the leaf of the proof log is found.';
