-- The log is checked whole every day; what came of it stands beside backups and drills (docs/decisions/0021).
alter table operation_run drop constraint operation_run_kind_check;
alter table operation_run add constraint operation_run_kind_check check (kind in ('backup', 'drill', 'restore', 'move', 'upgrade', 'undo', 'log_check'));
