CREATE VIEW none WITH (security_barrier = off) AS SELECT 1 AS a;
CREATE VIEW off WITH (security_invoker = false) AS SELECT 1 AS a;
CREATE VIEW is_on WITH (security_barrier = false, security_invoker = true) AS SELECT relname FROM pg_class;
CREATE VIEW comes WITH (security_barrier = 0) AS SELECT 1 AS a;
