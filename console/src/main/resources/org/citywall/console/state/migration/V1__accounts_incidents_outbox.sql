-- Times are microseconds since 1970-01-01T00:00:00Z. Runs on H2 (PostgreSQL mode) and PostgreSQL.

-- One row; locking it puts all changes in one order, which is the order of the log's entries.
create table outbox_head (
  id integer not null primary key,
  epoch bigint not null,
  next_sequence bigint not null
);
insert into outbox_head (id, epoch, next_sequence) values (1, 0, 1);

-- Entries that are part of a committed change and not yet known to be in the log.
create table outbox (
  epoch bigint not null,
  sequence bigint not null,
  from_leaf bigint not null,
  payload bytea not null,
  primary key (epoch, sequence)
);

create table mark (
  name varchar(64) not null primary key,
  leaf bigint not null
);

create table account (
  name varchar(64) not null primary key,
  display_name varchar(200) not null,
  roles varchar(200) not null,
  password_hash varchar(500) not null,
  must_change_password boolean not null,
  closed boolean not null,
  credential_version bigint not null,
  failures integer not null,
  first_failure_at bigint not null,
  locked_until bigint,
  last_log_in bigint,
  created_at bigint not null
);

create table incident (
  ordinal bigint not null primary key,
  number varchar(32) not null unique,
  state varchar(16) not null,
  version bigint not null,
  severity integer not null,
  rule_id varchar(200) not null,
  rule_version integer not null,
  group_key varchar(1000) not null,
  lead_alert varchar(32) not null,
  first_seen bigint not null,
  last_seen bigint not null,
  event_count bigint not null,
  assignee varchar(64),
  raised_at bigint not null
);
create index incident_by_state on incident (state, ordinal);
create index incident_by_group on incident (rule_id, group_key, state);

-- Numbers given to incidents, by day.
create table incident_day (
  epoch_day bigint not null primary key,
  raised integer not null
);

create table alert (
  id varchar(32) not null primary key,
  incident bigint not null references incident (ordinal),
  position integer not null,
  rule_id varchar(200) not null,
  rule_version integer not null,
  variant varchar(100) not null,
  severity integer not null,
  group_key varchar(1000) not null,
  entity varchar(1000) not null,
  first_seen bigint not null,
  last_seen bigint not null,
  first_leaf bigint not null,
  event_count bigint not null,
  parameters text not null,
  techniques varchar(1000) not null,
  trigger_leaf bigint not null
);
create index alert_by_incident on alert (incident, position);

create table alert_leaf (
  alert varchar(32) not null references alert (id),
  leaf bigint not null,
  primary key (alert, leaf)
);

create table incident_history (
  incident bigint not null references incident (ordinal),
  position integer not null,
  event_id varchar(32) not null unique,
  leaf bigint,
  at_micros bigint not null,
  actor varchar(64) not null,
  action varchar(16) not null,
  previous_state varchar(16) not null,
  previous_assignee varchar(64),
  state varchar(16) not null,
  assignee varchar(64),
  reason varchar(32),
  note text not null,
  undone boolean not null,
  primary key (incident, position)
);
