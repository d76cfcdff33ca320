-- The rights of an owner, whoever it is, are no grants.
ALTER SCHEMA public OWNER TO keeper;
CREATE TABLE shelf (id integer);
ALTER TABLE shelf OWNER TO keeper;
REVOKE TRUNCATE ON shelf FROM keeper;
