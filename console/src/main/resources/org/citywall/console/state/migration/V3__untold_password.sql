-- The account, if any, whose one-time password was not printed yet.
create table untold_password (
  account varchar(64) not null primary key references account (name)
);
