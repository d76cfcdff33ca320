CREATE SCHEMA tools;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE TABLE tools.citext_words (word citext);
CREATE TABLE holder (name citext DEFAULT 'public.citext', CHECK (name <> 'nobody'::citext));
CREATE INDEX ON holder USING gin ((name::text) gin_trgm_ops);
CREATE FUNCTION greet(citext) RETURNS citext LANGUAGE sql AS 'SELECT $1';
COMMENT ON FUNCTION greet(citext) IS 'takes public.citext';
CREATE VIEW likeness AS SELECT name, similarity(name::text, 'x') FROM holder;
