CREATE TABLE audit_log (id integer);
