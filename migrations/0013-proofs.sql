-- The proof log: one append-only log per province (0 for the nation), a leaf for each committed write, a Merkle tree by RFC 9162 over it.
alter table audit_event add column leaf bigint;
comment on column audit_event.leaf is 'Number of the leaf in the log of its province that covers this record; null only for records older than the log.';
create index audit_event_leaf on audit_event (province_code, leaf);

create table log_head (
  province_code smallint primary key,
  size bigint not null,
  at timestamptz not null,
  records integer not null,
  payload_hash text not null,
  previous_hash text not null,
  leaf_hash text not null
) with (fillfactor = 10);
comment on table log_head is 'The last leaf of each log and how many there are. Its row is locked from a write''s last statement to its commit, so leaves have no gaps.';

create table log_leaf (
  province_code smallint not null,
  seq bigint not null,
  at timestamptz not null,
  request_id text not null,
  records integer not null,
  payload_hash text not null,
  previous_hash text not null,
  leaf_hash text not null,
  primary key (province_code, seq)
);
comment on table log_leaf is 'One leaf for each committed write, numbered from 0. leaf_hash = SHA-256 over 0x00 and the canonical text of {at, payload, previous, records, seq}; payload_hash covers the digests of its audit records. Append-only.';
create index log_leaf_request on log_leaf (province_code, request_id);

create table log_node (
  province_code smallint not null,
  level smallint not null,
  position bigint not null,
  hash text not null,
  primary key (province_code, level, position)
);
comment on table log_node is 'Hashes of complete subtrees of 256 (level 1), 65,536 (level 2) … leaves, so that a proof reads hundreds of rows and never all. Can be counted anew from the leaves.';

create table log_checkpoint (
  province_code smallint not null,
  size bigint not null,
  root text not null,
  at timestamptz not null,
  note text not null,
  primary key (province_code, size)
);
comment on table log_checkpoint is 'Signed statements that the log had this size and this root, in the form of C2SP tlog-checkpoint. Append-only.';
create index log_checkpoint_at on log_checkpoint (province_code, at);

create table log_witness (
  name text not null,
  key_id text not null,
  public_key text not null,
  address text,
  registered_by text not null,
  registered_at timestamptz not null,
  removed_at timestamptz,
  primary key (name, key_id)
);
comment on table log_witness is 'Witnesses whose cosignatures are taken: name and Ed25519 public key. address: where checkpoints are pushed to (C2SP tlog-witness); null for one that comes by itself.';

create table log_cosignature (
  province_code smallint not null,
  size bigint not null,
  witness_name text not null,
  key_id text not null,
  at timestamptz not null,
  line text not null,
  primary key (province_code, size, witness_name, key_id),
  foreign key (province_code, size) references log_checkpoint (province_code, size),
  foreign key (witness_name, key_id) references log_witness (name, key_id)
);
comment on table log_cosignature is 'Cosignatures of witnesses on checkpoints (C2SP cosignature/v1): somebody outside had seen the log so long, and consistent with before.';

create table log_origin (
  origin text primary key,
  public_key text not null,
  size bigint not null,
  root text not null,
  registered_by text not null,
  registered_at timestamptz not null,
  seen_at timestamptz
);
comment on table log_origin is 'Logs of other installations that this one is a witness of: the last size and root it cosigned.';
