CREATE TABLE base (id integer, name text);
CREATE VIEW barrier WITH (security_barrier) AS SELECT id FROM base;
CREATE VIEW invoker WITH (security_invoker) AS SELECT id FROM base;
CREATE VIEW checked AS SELECT id FROM base WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW unchecked AS SELECT id FROM base WHERE id > 0;
CREATE MATERIALIZED VIEW stored WITH (fillfactor = 70) AS SELECT id FROM base;
ALTER VIEW invoker ALTER COLUMN id SET DEFAULT 8;
