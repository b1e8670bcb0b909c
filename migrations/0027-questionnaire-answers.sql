-- How questionnaires go out and what comes back (docs/decisions/0036). Of an anonymous answer nothing is kept that tells who gave it:
-- no address, no account, no program, no time but the day, and no reference from a one-time link.
create table questionnaire_channel (
  province_code smallint not null,
  id text not null,
  questionnaire_id text not null,
  edition_code text not null,
  unit_code text not null,
  kind text not null check (kind in ('open', 'invited', 'paper', 'visit')),
  name text not null,
  code text,
  handed_out integer not null default 0 check (handed_out >= 0),
  opened_on date not null,
  closed_at timestamptz,
  version integer not null default 1,
  demonstration boolean not null default false,
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (province_code, id),
  check ((kind = 'open') = (code is not null))
);
comment on table questionnaire_channel is 'A way a questionnaire goes out. code: the public end of an open link. handed_out: copies on paper or during visits, typed once.';
create unique index questionnaire_channel_code on questionnaire_channel (province_code, code) where code is not null;
create index questionnaire_channel_of on questionnaire_channel (province_code, questionnaire_id);

create table questionnaire_invitation (
  province_code smallint not null,
  id text not null,
  channel_id text not null,
  questionnaire_id text not null,
  edition_code text not null,
  unit_code text not null,
  enterprise_id integer not null,
  token_hash text not null,
  made_on date not null,
  used boolean not null default false,
  withdrawn boolean not null default false,
  primary key (province_code, id)
);
comment on table questionnaire_invitation is 'One-time links. Of the token only the hash is kept. used has no time and leads to no answer: of a named questionnaire the answer names the enterprise itself.';
create unique index questionnaire_invitation_token on questionnaire_invitation (province_code, token_hash);
create index questionnaire_invitation_channel on questionnaire_invitation (province_code, channel_id);

create table questionnaire_answer (
  province_code smallint not null,
  id text not null,
  questionnaire_id text not null,
  version integer not null,
  channel_id text not null,
  edition_code text not null,
  unit_code text not null,
  answered_on date not null,
  language text not null,
  lane text not null check (lane in ('work', 'waited', 'token', 'officer')),
  answers jsonb not null,
  enterprise_id integer,
  entered_by_name text,
  settled boolean not null default false,
  demonstration boolean not null default false,
  primary key (province_code, id)
);
comment on table questionnaire_answer is 'Answers as they were sent. settled: counted in the ledger; those of anonymous questionnaires are then written anew in order of their random ids, together, so that neither their order nor their transaction tells when each came.';
create index questionnaire_answer_of on questionnaire_answer (province_code, questionnaire_id);
create index questionnaire_answer_unsettled on questionnaire_answer (province_code, questionnaire_id) where not settled;

create table questionnaire_ticket_spent (
  province_code smallint not null,
  hash text not null,
  expires_at timestamptz not null,
  primary key (province_code, hash)
);
comment on table questionnaire_ticket_spent is 'Hashes of challenges and tickets that were taken, until they expire: each is taken once.';
create index questionnaire_ticket_spent_expires on questionnaire_ticket_spent (expires_at);

create table questionnaire_slow_hour (
  province_code smallint not null,
  channel_id text not null,
  hour timestamptz not null,
  accepted integer not null,
  primary key (province_code, channel_id, hour)
);
comment on table questionnaire_slow_hour is 'How many answers without proof of work were taken in an hour of a channel; there is a cap.';

create table questionnaire_suggestion (
  province_code smallint not null,
  id text not null,
  questionnaire_id text not null,
  edition_code text not null,
  unit_code text not null,
  title text not null,
  topic text,
  version integer not null default 1,
  removed_at timestamptz,
  demonstration boolean not null default false,
  saved_by_name text not null,
  saved_at timestamptz not null,
  primary key (province_code, id)
);
comment on table questionnaire_suggestion is 'A suggestion an officer drew from free texts of a questionnaire; counts in row 5 by the texts behind it.';
create index questionnaire_suggestion_of on questionnaire_suggestion (province_code, questionnaire_id);

create table questionnaire_suggestion_text (
  province_code smallint not null,
  suggestion_id text not null,
  answer_id text not null,
  question text not null,
  edition_code text not null,
  unit_code text not null,
  primary key (province_code, answer_id, question)
);
comment on table questionnaire_suggestion_text is 'The texts behind a suggestion; a text stands behind one suggestion at most.';
create index questionnaire_suggestion_text_of on questionnaire_suggestion_text (province_code, suggestion_id);
