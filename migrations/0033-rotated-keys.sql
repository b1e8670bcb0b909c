-- The installation's certifying key can be replaced by command (decision 0042): the private half of the one before goes, and the two
-- vouch for each other, so that whoever trusts one knows the other.
alter table installation_key alter column private_key drop not null;
alter table installation_key add column retired_at timestamptz;
alter table installation_key add column follows integer references installation_key;
alter table installation_key add column follows_signature text;
alter table installation_key add column own_signature text;
alter table installation_key add constraint installation_key_linked check ((follows is null) = (follows_signature is null) and (follows is null) = (own_signature is null));
comment on table installation_key is 'Keys of the installation that certify the keys of units. The one of the highest number with the suite in use is current; private keys are wrapped under the root secret (kernel/secrets.ts) and gone once retired. follows: the key before, where both signed the same text that names the two (follows_signature by the key before, own_signature by this one).';
