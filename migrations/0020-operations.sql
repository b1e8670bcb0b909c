-- What was done to the installation as a whole: backups, drills, restores, moves, upgrades. One row a run, for the health page.

create table operation_run (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('backup', 'drill', 'restore', 'move', 'upgrade', 'undo')),
  at timestamptz not null,
  held boolean not null,
  details jsonb not null
);
create index operation_run_newest on operation_run (kind, id);
