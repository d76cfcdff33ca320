CREATE TABLE base (id integer, owner text);
ALTER TABLE base ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_using ON base USING (id > 1);
CREATE POLICY by_check ON base USING (true) WITH CHECK (id > 1);
CREATE POLICY by_command ON base FOR DELETE USING (id > 0);
CREATE POLICY by_kind ON base AS RESTRICTIVE USING (id > 0);
CREATE POLICY by_roles ON base TO pg_monitor USING (id > 0);
CREATE POLICY without_check ON base USING (true);
