CREATE TABLE people (id integer);
ALTER TABLE people OWNER TO app;
CREATE TABLE mine (id integer);
