CREATE TABLE log (id bigint NOT NULL, what text) PARTITION BY RANGE (id);
CREATE TABLE log_low PARTITION OF log FOR VALUES FROM (0) TO (1000) PARTITION BY RANGE (id);
CREATE TABLE log_lowest PARTITION OF log_low FOR VALUES FROM (0) TO (10);
CREATE INDEX by_what ON log (what);
COMMENT ON INDEX log_low_what_idx IS 'kept';
