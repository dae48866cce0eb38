-- Times are microseconds since 1970-01-01T00:00:00Z, dates are days since 1970-01-01.

-- Texts of frameworks that rounds were begun with.
create table kept_framework (
  digest varchar(64) not null primary key,
  reference varchar(80) not null,
  content text not null
);

create table graded_system (
  ordinal bigint not null primary key,
  version bigint not null,
  name varchar(200) not null,
  owner varchar(200) not null,
  core boolean not null,
  platform bigint references graded_system (ordinal),
  level integer not null,
  information_harmed varchar(16) not null,
  information_damage varchar(16) not null,
  service_harmed varchar(16) not null,
  service_damage varchar(16) not null,
  graded_on bigint not null,
  reviewed_by varchar(200),
  reviewed_on bigint,
  certificate varchar(100),
  filed_on bigint,
  filed_until bigint
);
create index graded_system_by_level on graded_system (level, ordinal);

create table assessment (
  ordinal bigint not null primary key,
  system bigint not null references graded_system (ordinal),
  round integer not null,
  cover bigint not null,
  attention integer not null,
  begun_at bigint not null,
  begun_by varchar(64) not null,
  closed_at bigint,
  closed_by varchar(64),
  scores text
);
create unique index assessment_by_system on assessment (system, round);

create table assessment_framework (
  assessment bigint not null references assessment (ordinal),
  position integer not null,
  reference varchar(80) not null,
  digest varchar(64) not null references kept_framework (digest),
  primary key (assessment, position)
);

create table assessment_item (
  assessment bigint not null references assessment (ordinal),
  framework varchar(64) not null,
  item varchar(64) not null,
  object varchar(200) not null,
  version bigint not null,
  outcome varchar(20) not null,
  origin varchar(10) not null,
  assessor varchar(64),
  reviewer varchar(64),
  comment text not null,
  reason varchar(1000),
  approver varchar(64),
  applies_until bigint,
  score_value numeric(7, 4),
  crypto varchar(200),
  evidence_until bigint,
  decided_at bigint,
  primary key (assessment, framework, item, object)
);

create table assessment_evidence (
  assessment bigint not null references assessment (ordinal),
  framework varchar(64) not null,
  item varchar(64) not null,
  object varchar(200) not null,
  position integer not null,
  name varchar(400) not null,
  leaf bigint,
  sha256 varchar(64),
  about_from bigint not null,
  about_to bigint not null,
  recorded_at bigint not null,
  recorded_by varchar(64) not null,
  primary key (assessment, framework, item, object, position)
);

create table assessment_risk (
  assessment bigint not null references assessment (ordinal),
  position integer not null,
  item varchar(64) not null,
  grade varchar(8) not null,
  major boolean not null,
  note varchar(1000) not null,
  mended boolean not null,
  primary key (assessment, position)
);

create table rectification_task (
  ordinal bigint not null primary key,
  version bigint not null,
  assessment bigint not null references assessment (ordinal),
  system bigint not null references graded_system (ordinal),
  framework varchar(64) not null,
  item varchar(64) not null,
  object varchar(200) not null,
  grade varchar(8) not null,
  state varchar(8) not null,
  owner varchar(200) not null,
  due bigint not null,
  found varchar(20) not null,
  before_text text not null,
  after_text text
);
create index rectification_task_by_state on rectification_task (state, due);
create index rectification_task_by_assessment on rectification_task (assessment);

-- Every act, as its entry of the log tells it.
create table compliance_act (
  ordinal bigint not null primary key,
  event_id varchar(32) not null unique,
  leaf bigint,
  at_micros bigint not null,
  system bigint not null references graded_system (ordinal),
  assessment bigint references assessment (ordinal),
  task bigint references rectification_task (ordinal),
  actor varchar(64) not null,
  action varchar(32) not null,
  controls text not null,
  outcome varchar(20) not null,
  note text not null
);
create index compliance_act_by_system on compliance_act (system, ordinal);
create index compliance_act_by_assessment on compliance_act (assessment, ordinal);
