CREATE TABLE t (id integer, a integer, b integer, PRIMARY KEY (id), UNIQUE (id, a) WITH (fillfactor = 60)) PARTITION BY RANGE (id);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX t_b ON t (b);
CREATE INDEX t_a ON t (a) WITH (fillfactor = 90);
CREATE INDEX t1_alone ON t1 (a, b) WITH (fillfactor = 90);
CREATE TABLE refers (t integer REFERENCES t);
COMMENT ON INDEX t_b IS 'kept';
