-- What detection knows of attacks that go on, as of the mark detection.applied_leaf.
create table detection_lasting (
  id varchar(64) not null primary key,
  content text not null
);

-- What detection reasoned with last, by the action of the entry that told of it.
create table detection_setup (
  action varchar(64) not null primary key,
  version text not null,
  digest varchar(64) not null
);

-- The account, if any, whose one-time password was not printed yet.
create table untold_password (
  account varchar(64) not null primary key references account (name)
);
