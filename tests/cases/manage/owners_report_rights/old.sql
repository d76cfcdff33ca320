CREATE TABLE restated (id integer);
GRANT ALL ON restated TO app WITH GRANT OPTION;
ALTER TABLE restated OWNER TO app;
CREATE TABLE unsaid (id integer);
ALTER TABLE unsaid OWNER TO app;
