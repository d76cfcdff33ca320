CREATE TABLE log (id bigint NOT NULL, what text) PARTITION BY RANGE (id);
CREATE TABLE log_low PARTITION OF log FOR VALUES FROM (0) TO (1000);
CREATE TABLE parent (id integer, what text);
CREATE TABLE heir () INHERITS (parent);
