-- Frameworks that officers write; a draft is the text of a catalogue that is not published.
create table own_framework (
  id varchar(64) not null primary key,
  version bigint not null,
  draft text,
  editors text not null,
  changed_at bigint not null,
  changed_by varchar(64) not null
);

-- What was published stays as it was.
create table own_framework_version (
  framework varchar(64) not null references own_framework (id),
  number integer not null,
  digest varchar(64) not null,
  content text not null,
  published_at bigint not null,
  published_by varchar(64) not null,
  primary key (framework, number)
);

-- Every act, as its entry of the log tells it.
create table framework_act (
  ordinal bigint not null primary key,
  event_id varchar(32) not null unique,
  leaf bigint,
  at_micros bigint not null,
  framework varchar(64) not null,
  actor varchar(64) not null,
  action varchar(32) not null,
  places text not null,
  note text not null
);
create index framework_act_by_framework on framework_act (framework, ordinal);
