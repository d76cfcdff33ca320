DROP VIEW paper.open;

DROP VIEW paper.printed;

DROP FUNCTION paper.words(text);

CREATE TABLE paper.proof (
    id integer
);

REVOKE SELECT ON TABLE paper.proof FROM press;
REVOKE SELECT ON TABLE paper.proof FROM PUBLIC;

CREATE FUNCTION paper.words(text)
RETURNS bigint
LANGUAGE sql
AS $$ SELECT length($1)::bigint $$;

GRANT EXECUTE ON FUNCTION paper.words(text) TO PUBLIC;

CREATE VIEW paper.open AS
SELECT (article.id)::bigint AS id
   FROM paper.article;

GRANT SELECT ON TABLE paper.open TO press;
GRANT SELECT ON TABLE paper.open TO PUBLIC;

CREATE VIEW paper.printed AS
SELECT (article.id)::bigint AS id
   FROM paper.article;

REVOKE SELECT ON TABLE paper.printed FROM PUBLIC;
GRANT SELECT ON TABLE paper.printed TO press;
