CREATE TABLE base (id integer, name text);
CREATE VIEW barrier AS SELECT id FROM base;
CREATE VIEW invoker AS SELECT id FROM base;
CREATE VIEW checked AS SELECT id FROM base WHERE id > 0;
CREATE VIEW unchecked WITH (check_option = local) AS SELECT id FROM base WHERE id > 0;
CREATE MATERIALIZED VIEW stored AS SELECT id FROM base;
ALTER VIEW invoker ALTER COLUMN id SET DEFAULT 7;
