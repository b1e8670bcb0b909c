-- Trainings with sign-up and check-in (docs/decisions/0039). Whoever signs up is written down wrapped and erased once the edition is closed;
-- of a ticket only the hash is kept; whoever was there is counted once a day.
create table training (
  province_code smallint not null,
  id text not null,
  edition_code text not null references edition,
  unit_code text not null references unit,
  title text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  mode text not null check (mode in ('offline', 'online', 'mixed')),
  place text not null default '',
  capacity integer check (capacity > 0),
  audience text not null default '',
  description text not null default '',
  sign_up_until timestamptz not null,
  links jsonb not null default '[]',
  state text not null check (state in ('draft', 'open', 'held', 'cancelled')),
  state_before text,
  reason text,
  corrected integer not null default 0,
  corrected_for text,
  version integer not null,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (province_code, id),
  check (starts_at < ends_at)
);
comment on table training is 'Trainings (能力提升培训). corrected: attendances counted by hand beside the check-ins, less than none where too many were taken; with its reason.';
create index training_unit on training (province_code, edition_code, unit_code, starts_at);
create index training_open on training (starts_at) where state in ('open', 'held');

create table training_place (
  province_code smallint not null,
  id text not null,
  training_id text not null,
  edition_code text not null,
  unit_code text not null,
  uscc text,
  enterprise_name text not null,
  uncoded_reason text,
  sealed text,
  person_key text,
  code_hash text not null,
  origin text not null check (origin in ('site', 'officer', 'venue')),
  withdrawn_at timestamptz,
  answered boolean not null default false,
  demonstration boolean not null default false,
  created_by text,
  created_at timestamptz not null,
  primary key (province_code, id)
);
comment on table training_place is 'Places taken in trainings. sealed: the name of who comes, wrapped; person_key: keyed hash of enterprise and name, so that one is one; both null once the edition is closed. answered: gave feedback, which of it is not known.';
create unique index training_place_code on training_place (province_code, code_hash);
create unique index training_place_person on training_place (province_code, training_id, person_key) where withdrawn_at is null and person_key is not null;
create index training_place_unerased on training_place (province_code, edition_code) where sealed is not null;

create table training_check_in (
  province_code smallint not null,
  training_id text not null,
  day date not null,
  place_id text not null,
  edition_code text not null,
  unit_code text not null,
  way text not null check (way in ('officer', 'venue')),
  at timestamptz not null,
  settled boolean not null default false,
  demonstration boolean not null default false,
  primary key (province_code, training_id, day, place_id)
);
comment on table training_check_in is 'Who was there on which day, once. settled: counted in the ledger.';
create index training_check_in_unsettled on training_check_in (province_code, training_id) where not settled;

create table training_pass_spent (
  province_code smallint not null,
  hash text not null,
  expires_at timestamptz not null,
  primary key (province_code, hash)
);
comment on table training_pass_spent is 'Hashes of passes from the code at the venue that were used, until they expire: each counts one person.';
create index training_pass_spent_expires on training_pass_spent (expires_at);

create table training_feedback (
  province_code smallint not null,
  id text not null,
  training_id text not null,
  edition_code text not null,
  unit_code text not null,
  stars smallint not null check (stars between 1 and 5),
  text text not null default '',
  given_on date not null,
  demonstration boolean not null default false,
  primary key (province_code, id)
);
comment on table training_feedback is 'What people thought of a training; nothing leads to who said it.';
create index training_feedback_of on training_feedback (province_code, training_id);
