CREATE TABLE wages (name text, amount numeric);
ALTER TABLE wages ENABLE ROW LEVEL SECURITY;
ALTER TABLE wages FORCE ROW LEVEL SECURITY;
CREATE TABLE notes (name text);
CREATE TABLE fresh (name text);
ALTER TABLE fresh ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION total() RETURNS numeric LANGUAGE sql SECURITY DEFINER AS 'select sum(amount) from wages';
CREATE FUNCTION latest() RETURNS varchar LANGUAGE sql AS 'select max(name)::varchar from notes';
