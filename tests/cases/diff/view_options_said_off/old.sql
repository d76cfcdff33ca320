CREATE VIEW none AS SELECT 1 AS a;
CREATE VIEW off WITH (security_barrier = false, security_invoker = false) AS SELECT 1 AS a;
CREATE VIEW is_on WITH (security_barrier = true, security_invoker = false, check_option = local) AS SELECT relname FROM pg_class;
