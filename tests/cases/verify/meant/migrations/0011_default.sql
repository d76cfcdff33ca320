-- Up Migration
create table settings (a boolean not null default false, b timestamptz default now());
-- Down Migration
drop table settings;
