-- What opens a door to what was there is a hazard; the first grants and policies of what the plan makes itself are none.
CREATE TABLE wages (name text, amount numeric);
ALTER TABLE wages ENABLE ROW LEVEL SECURITY;
CREATE TABLE open_notes (name text);
CREATE FUNCTION may_see() RETURNS boolean LANGUAGE sql STABLE AS 'select false';
CREATE FUNCTION asks() RETURNS boolean LANGUAGE plpgsql STABLE AS 'begin return public.may_see(); end';
CREATE FUNCTION total() RETURNS numeric LANGUAGE sql SECURITY DEFINER AS 'select sum(amount) from public.wages';
CREATE FUNCTION shut() RETURNS integer LANGUAGE sql AS 'select 1';
REVOKE ALL ON FUNCTION shut() FROM PUBLIC;
CREATE FUNCTION plain() RETURNS integer LANGUAGE sql AS 'select 1';
CREATE POLICY own ON wages USING (may_see());
CREATE POLICY asked ON wages FOR INSERT WITH CHECK (asks());
