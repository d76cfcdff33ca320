CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER one FOREIGN DATA WRAPPER far;
CREATE SERVER two FOREIGN DATA WRAPPER far;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE FOREIGN TABLE by_server (id integer) SERVER one;
COMMENT ON FOREIGN TABLE by_server IS 'comes back with it';
CREATE FOREIGN TABLE by_options (id integer) SERVER one OPTIONS (schema_name 'a', gone 'x', password 'hush');
CREATE FOREIGN TABLE by_column (id integer NOT NULL, narrow integer, gone text, renamed text) SERVER one;
CREATE FOREIGN TABLE by_column_options (
    id integer OPTIONS (column_name 'number', gone 'x'),
    t text OPTIONS (column_name 'text'),
    plain text
) SERVER one;
CREATE FOREIGN TABLE by_check (id integer, CONSTRAINT gone CHECK (id > 0), CONSTRAINT other CHECK (id > 1)) SERVER one;
CREATE FOREIGN TABLE by_trigger (id integer) SERVER one;
CREATE FOREIGN TABLE by_comment (id integer) SERVER one;
CREATE FOREIGN TABLE by_grant (id integer, t text) SERVER one;
CREATE FOREIGN TABLE by_view (id integer) SERVER one;
CREATE VIEW on_foreign AS SELECT id FROM by_view;
CREATE FOREIGN TABLE dropped (id integer) SERVER two OPTIONS (password 'hush');
CREATE TABLE parted (id integer NOT NULL, v text DEFAULT 'x') PARTITION BY RANGE (id);
CREATE INDEX ON parted (v);
CREATE FOREIGN TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10) SERVER one;
CREATE FOREIGN TABLE parted_2 (id integer NOT NULL, v text) SERVER one;
