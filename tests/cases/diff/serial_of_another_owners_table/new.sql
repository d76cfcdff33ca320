CREATE TABLE t (id serial);
ALTER TABLE t OWNER TO pg_monitor;
