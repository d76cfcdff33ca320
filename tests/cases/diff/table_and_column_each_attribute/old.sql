CREATE TABLE logged (id integer);
CREATE UNLOGGED TABLE unlogged (id integer);
CREATE TABLE compressed (body text, other text COMPRESSION pglz);
COMMENT ON TABLE logged IS 'before';
