-- quoin: nolint missing: the platform makes it
-- Up Migration
create view v as select * from platform_users;
-- Down Migration
drop view v;
