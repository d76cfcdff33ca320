CREATE UNLOGGED TABLE logged (id integer);
CREATE TABLE unlogged (id integer);
CREATE TABLE compressed (body text COMPRESSION pglz, other text);
COMMENT ON TABLE logged IS 'it''s after';
