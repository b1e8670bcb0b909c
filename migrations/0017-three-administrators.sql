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
