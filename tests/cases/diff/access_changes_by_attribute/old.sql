-- Who sees which rows, and with whose privileges something runs: each a hazard of the statement that changes it.
CREATE TABLE wages (name text, amount numeric);
CREATE TABLE notes (name text);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION total() RETURNS numeric LANGUAGE sql AS 'select sum(amount) from wages';
CREATE FUNCTION latest() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'select max(name) from notes';
