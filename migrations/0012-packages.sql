-- Packages (报送包) that were made of sealed returns, and what the document-exchange system answered, typed back by the clerk.
create table package (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  return_version integer not null,
  receipt_code text not null,
  file_name text not null,
  bytes bigint not null,
  sha256 text not null,
  sm3 text not null,
  files jsonb not null,
  units integer not null,
  evidence integer not null,
  kept boolean not null,
  account_id text,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, id)
);
comment on table package is 'Every package made, append-only but for kept: whether its bytes still lie in the blob store under sha256. files lists paths with their bytes and SHA-256. account_id is null for the command line.';
create index package_unit on package (province_code, edition_code, unit_code, at);
create index package_digest on package (sha256) where kept;

create table exchange_receipt (
  province_code smallint not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  number integer not null,
  return_version integer not null,
  receipt_number text not null,
  received_at timestamptz not null,
  reason text,
  account_id text not null,
  account_name text not null,
  at timestamptz not null,
  primary key (province_code, edition_code, unit_code, number)
);
comment on table exchange_receipt is '回填: receipt number and time of the document-exchange system (公文交换系统) for a sealed version. A correction is a new row with its reason; the last one counts.';
