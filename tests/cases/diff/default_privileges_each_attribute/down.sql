DROP FUNCTION desk.words(text);

CREATE SCHEMA gone;

DROP SCHEMA come;

-- WARNING(access): default privileges in all schemas "current_user" of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM press;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;

-- WARNING(access): default privileges in all schemas editor of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE editor REVOKE INSERT, REFERENCES, SELECT, TRIGGER, UPDATE ON TABLES FROM editor;

-- WARNING(access): default privileges in all schemas printer of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE printer GRANT CREATE ON SCHEMAS TO press;

-- WARNING(access): default privileges "current_user" of schema desk: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES IN SCHEMA desk REVOKE DELETE ON TABLES FROM press;

ALTER DEFAULT PRIVILEGES IN SCHEMA desk REVOKE GRANT OPTION FOR INSERT ON TABLES FROM press;
ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT SELECT ON TABLES TO press;
ALTER DEFAULT PRIVILEGES IN SCHEMA desk GRANT UPDATE ON TABLES TO press WITH GRANT OPTION;

-- WARNING(access): default privileges editor of schema desk: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE editor IN SCHEMA desk REVOKE SELECT ON SEQUENCES FROM PUBLIC;

ALTER DEFAULT PRIVILEGES IN SCHEMA gone GRANT SELECT ON TABLES TO press;

-- WARNING(data-loss): drops table desk.letter and the data in it
DROP TABLE desk.letter;
