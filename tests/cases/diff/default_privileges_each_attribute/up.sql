CREATE SCHEMA come;
REVOKE CREATE ON SCHEMA come FROM press;

CREATE TABLE desk.letter (
    id integer
);

REVOKE INSERT, SELECT, UPDATE ON TABLE desk.letter FROM press;

CREATE FUNCTION desk.words(text)
RETURNS integer
LANGUAGE sql
AS $$ SELECT length($1) $$;

-- WARNING(access): default privileges in all schemas printer of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE printer REVOKE CREATE ON SCHEMAS FROM press;

DROP SCHEMA gone;

GRANT EXECUTE ON FUNCTION desk.words(text) TO PUBLIC;

-- WARNING(access): default privileges in all schemas "current_user" of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;

ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO press;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;

-- WARNING(access): default privileges in all schemas editor of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE editor GRANT INSERT, REFERENCES, SELECT, TRIGGER, UPDATE ON TABLES TO editor;

ALTER DEFAULT PRIVILEGES IN SCHEMA come GRANT EXECUTE ON FUNCTIONS TO press;

-- WARNING(access): default privileges "current_user" of schema desk: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES IN SCHEMA desk REVOKE SELECT ON TABLES FROM press;

ALTER DEFAULT PRIVILEGES IN SCHEMA desk REVOKE GRANT OPTION FOR UPDATE ON TABLES FROM press;
ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT DELETE ON TABLES TO press;
ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT INSERT ON TABLES TO press WITH GRANT OPTION;

-- WARNING(access): default privileges editor of schema desk: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE editor IN SCHEMA desk GRANT SELECT ON SEQUENCES TO PUBLIC;
