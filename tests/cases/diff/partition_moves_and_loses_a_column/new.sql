CREATE TABLE readings (at date, place text) PARTITION BY RANGE (at);
CREATE TABLE readings_q1 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2025-04-01');
CREATE INDEX by_day ON readings (at);
CREATE INDEX readings_q1_place_idx ON readings_q1 USING hash (place);
CREATE TABLE signs (id integer, name text) PARTITION BY LIST (name);
CREATE INDEX signs_both ON signs (id, name);
CREATE TABLE signs_a PARTITION OF signs FOR VALUES IN ('a');
CREATE INDEX own_both ON signs_a (id, name);
