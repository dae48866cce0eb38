-- A waiver's approvers are all persons who signed it.
alter table assessment_item alter column approver set data type varchar(400);

-- Runs of checks that the console made; the results are in the file of each.
create table check_run (
  ordinal bigint not null primary key,
  state varchar(8) not null,
  system bigint references graded_system (ordinal),
  started_at bigint not null,
  started_by varchar(64) not null,
  finished_at bigint,
  targets integer not null,
  digest varchar(64),
  said varchar(400) not null,
  event_id varchar(32),
  leaf bigint
);
