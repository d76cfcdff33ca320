-- Up Migration
alter table pairs drop constraint pairs_once;
-- Down Migration
alter table pairs add constraint pairs_once unique (b, a);
