CREATE TABLE pages (id bigint, body varchar(200), head varchar(20), span int4range);
ALTER TABLE pages ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE pages ALTER COLUMN head SET STORAGE MAIN;
