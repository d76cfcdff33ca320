CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER one FOREIGN DATA WRAPPER far;
CREATE SERVER two FOREIGN DATA WRAPPER far;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE FOREIGN TABLE by_server (id integer) SERVER two;
COMMENT ON FOREIGN TABLE by_server IS 'comes back with it';
CREATE FOREIGN TABLE by_options (id integer) SERVER one OPTIONS (schema_name 'b', table_name 'x=y', password 'hush');
CREATE FOREIGN TABLE by_column (id integer, narrow bigint DEFAULT 1, added text NOT NULL, renamed text COLLATE "C") SERVER one;
CREATE FOREIGN TABLE by_column_options (
    id integer OPTIONS (column_name 'id', "odd name" 'it''s'),
    t text,
    plain text OPTIONS (column_name 'text', password 'hush')
) SERVER one;
CREATE FOREIGN TABLE by_check (id integer, CONSTRAINT other CHECK (id > 2), CONSTRAINT own CHECK (id < 9) NO INHERIT) SERVER one;
CREATE FOREIGN TABLE by_trigger (id integer) SERVER one;
CREATE TRIGGER touched BEFORE INSERT ON by_trigger FOR EACH ROW EXECUTE FUNCTION touch();
ALTER FOREIGN TABLE by_trigger DISABLE TRIGGER touched;
CREATE FOREIGN TABLE by_comment (id integer) SERVER one;
COMMENT ON FOREIGN TABLE by_comment IS 'far away';
COMMENT ON COLUMN by_comment.id IS 'a number there';
CREATE FOREIGN TABLE by_grant (id integer, t text) SERVER one;
GRANT SELECT ON by_grant TO PUBLIC;
GRANT UPDATE (t) ON by_grant TO PUBLIC;
CREATE FOREIGN TABLE by_view (id integer) SERVER two;
CREATE VIEW on_foreign AS SELECT id FROM by_view;
CREATE FOREIGN TABLE created (id integer DEFAULT 4, g integer GENERATED ALWAYS AS (id + 1) STORED) SERVER two OPTIONS (password 'hush');
CREATE TABLE parted (id integer NOT NULL, v text DEFAULT 'x') PARTITION BY RANGE (id);
CREATE INDEX ON parted (v);
CREATE FOREIGN TABLE parted_1 (id integer NOT NULL, v text) SERVER one;
CREATE FOREIGN TABLE parted_2 PARTITION OF parted FOR VALUES FROM (10) TO (20) SERVER one;
CREATE FOREIGN TABLE parted_3 PARTITION OF parted (v DEFAULT 'own') DEFAULT SERVER two OPTIONS (table_name 'p');
ALTER FOREIGN TABLE parted_3 ALTER COLUMN v OPTIONS (ADD column_name 'w');
