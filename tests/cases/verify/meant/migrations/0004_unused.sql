-- Up Migration
-- quoin: nolint missing: it is there in production
-- quoin: nolint mising: spelled otherwise
create table more (id int);
-- Down Migration
drop table more;
