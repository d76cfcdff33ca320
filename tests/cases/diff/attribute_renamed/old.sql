CREATE TYPE address AS (street text, town character varying(40), zip text);
CREATE TABLE house (
  at address CHECK ((at).street <> ''),
  former address[],
  town text GENERATED ALWAYS AS ((at).town) STORED
);
CREATE INDEX ON house (((at).street));
CREATE VIEW streets AS SELECT (at).street, (at).zip FROM house;
