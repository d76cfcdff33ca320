CREATE TABLE person (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    street text,
    town text
);
CREATE VIEW in_town AS SELECT id, town FROM person;
