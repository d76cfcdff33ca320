CREATE TABLE t (id serial, b int);
ALTER TABLE t OWNER TO pg_monitor;
CREATE VIEW whole AS SELECT t FROM t;
CREATE VIEW parts AS SELECT (t).b FROM t;
