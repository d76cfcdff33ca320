alter table pans add column size int;
alter table lids add column size int;
