-- Up Migration
alter table settings drop column a, drop column b;
-- Down Migration
alter table settings add a boolean not null default true, add b timestamptz default current_timestamp;
