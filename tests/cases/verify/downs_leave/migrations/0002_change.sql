-- Up Migration
alter table users alter column age type bigint, drop column name;
create index on users (age);
create table logs (id int);
-- Down Migration
alter table users alter column age type int;
drop table logs;
