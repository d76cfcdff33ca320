-- What was computed by way of another function, or of a view, is as old as what a function computes itself.
CREATE FUNCTION fold(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE FUNCTION slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT public.fold(t) || ''x''';
CREATE FUNCTION named(t text) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT slug(t); END;
CREATE TABLE page (title text, slug text GENERATED ALWAYS AS (named(title)) STORED, seen text DEFAULT fold('A'));
CREATE INDEX page_title ON page (slug(title));
CREATE VIEW titles AS SELECT fold(title) AS title FROM page;
CREATE MATERIALIZED VIEW kept AS SELECT title FROM titles;
CREATE TABLE holds (one titles);
