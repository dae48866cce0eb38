-- The city's index by period. Times are microseconds since 1970-01-01T00:00:00Z, dates are days since 1970-01-01.
create table index_period (
  id varchar(7) not null primary key,
  version bigint not null,
  state varchar(8) not null,
  prepared_by varchar(64),
  prepared_at bigint,
  signed_by varchar(64),
  signed_at bigint,
  -- The report as it was signed, and its SHA-256.
  content text,
  digest varchar(64)
);

create table index_value (
  period varchar(7) not null references index_period (id),
  indicator varchar(64) not null,
  origin varchar(8) not null,
  applicable boolean not null,
  reached numeric(7, 4),
  explained_zh varchar(1000) not null,
  explained_en varchar(1000) not null,
  query varchar(1000) not null,
  leaves text not null,
  evidence varchar(400),
  sha256 varchar(64),
  about_from bigint not null,
  about_to bigint not null,
  recorded_at bigint not null,
  recorded_by varchar(64) not null,
  primary key (period, indicator)
);

-- Every act, as its entry of the log tells it.
create table index_act (
  ordinal bigint not null primary key,
  event_id varchar(32) not null unique,
  leaf bigint,
  at_micros bigint not null,
  period varchar(7) not null references index_period (id),
  actor varchar(64) not null,
  action varchar(32) not null,
  note text not null
);
create index index_act_by_period on index_act (period, ordinal);
