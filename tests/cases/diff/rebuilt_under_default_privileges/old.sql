-- What is rebuilt is to end with the rights that it had, whatever default privileges would give or withhold.
CREATE SCHEMA paper;
ALTER DEFAULT PRIVILEGES IN SCHEMA paper GRANT SELECT ON TABLES TO PUBLIC, press;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE TABLE paper.article (id integer, draft text);
CREATE VIEW paper.printed AS SELECT id FROM paper.article;
REVOKE SELECT ON paper.printed FROM PUBLIC;
CREATE VIEW paper.open AS SELECT id FROM paper.article;
CREATE FUNCTION paper.words(text) RETURNS integer LANGUAGE sql AS $$ SELECT length($1) $$;
GRANT EXECUTE ON FUNCTION paper.words(text) TO PUBLIC;
