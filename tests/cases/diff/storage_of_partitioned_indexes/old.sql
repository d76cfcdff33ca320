CREATE TABLE t (id integer, a integer, b integer, PRIMARY KEY (id) WITH (fillfactor = 70), UNIQUE (id, a)) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX t_b ON t (b) WITH (fillfactor = 80);
CREATE INDEX t_a ON t (a);
CREATE INDEX t1_alone ON t1 (a, b);
CREATE TABLE refers (t integer REFERENCES t);
COMMENT ON INDEX t_b IS 'kept';
