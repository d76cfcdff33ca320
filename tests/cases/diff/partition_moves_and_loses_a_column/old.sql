CREATE TABLE readings_2025 (at date, place text, note text NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX by_place ON readings_2025 (place);
CREATE TABLE readings_q1 PARTITION OF readings_2025 FOR VALUES FROM ('2025-01-01') TO ('2025-04-01');
-- What ATTACH takes for the part that the partitioned index asks for is to stay beside that.
CREATE TABLE signs (id integer, name text) PARTITION BY LIST (name);
CREATE INDEX signs_both ON signs (id, name);
CREATE TABLE signs_a (id integer, name text);
CREATE INDEX own_both ON signs_a (id, name);
