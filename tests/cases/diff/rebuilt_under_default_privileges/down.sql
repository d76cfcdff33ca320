DROP VIEW paper.open;

DROP VIEW paper.printed;

DROP FUNCTION paper.words(text);

CREATE FUNCTION paper.words(text)
RETURNS integer
LANGUAGE sql
AS $$ SELECT length($1) $$;

GRANT EXECUTE ON FUNCTION paper.words(text) TO PUBLIC;

CREATE VIEW paper.open AS
SELECT article.id
   FROM paper.article;

GRANT SELECT ON TABLE paper.open TO press;
GRANT SELECT ON TABLE paper.open TO PUBLIC;

CREATE VIEW paper.printed AS
SELECT article.id
   FROM paper.article;

REVOKE SELECT ON TABLE paper.printed FROM PUBLIC;
GRANT SELECT ON TABLE paper.printed TO press;

-- WARNING(data-loss): drops table paper.proof and the data in it
DROP TABLE paper.proof;
