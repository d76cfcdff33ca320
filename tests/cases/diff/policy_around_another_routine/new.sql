CREATE TABLE wages (name text, amount numeric);
ALTER TABLE wages ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION may_see(whom text) RETURNS boolean LANGUAGE sql STABLE AS 'select whom is not null';
CREATE POLICY own ON wages USING (may_see(name));
