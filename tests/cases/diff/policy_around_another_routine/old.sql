-- A policy that is made anew around a routine that is another: what it says has not changed, whom it lets in may have.
CREATE TABLE wages (name text, amount numeric);
ALTER TABLE wages ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION may_see(who text) RETURNS boolean LANGUAGE sql STABLE AS 'select who = ''ann''';
CREATE POLICY own ON wages USING (may_see(name));
