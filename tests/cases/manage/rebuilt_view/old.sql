CREATE TABLE users (id integer, name text);
CREATE VIEW report AS SELECT id, name FROM users;
