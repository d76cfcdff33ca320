CREATE TYPE mood AS ENUM ('calm', 'loud');
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE audit_log (id serial PRIMARY KEY, user_id bigint REFERENCES users, mood mood, told jsonb DEFAULT '{}');
CREATE INDEX audit_log_told ON audit_log USING gin (told);
COMMENT ON TABLE audit_log IS 'kept by another tool';
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER noted BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION noted();
CREATE VIEW last_words AS SELECT u.name, a.told FROM users u JOIN audit_log a ON a.user_id = u.id;
