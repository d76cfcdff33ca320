CREATE SCHEMA hall;
CREATE TYPE hall.mood AS ENUM ('calm', 'loud');
CREATE TABLE hall.guest (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number serial,
  name text UNIQUE,
  mood hall.mood DEFAULT 'calm'
);
CREATE FUNCTION hall.loudest(hall.mood) RETURNS hall.mood LANGUAGE sql AS 'SELECT $1';
CREATE TABLE stay (guest bigint REFERENCES hall.guest, mood hall.mood CHECK (mood <> 'loud'));
CREATE VIEW names AS SELECT name FROM hall.guest;
CREATE TABLE former (id int PRIMARY KEY);
