-- Up Migration
alter table users add column email text not null default '';
create view v as select email from users;
-- Down Migration
drop view v;
alter table users drop column email;
