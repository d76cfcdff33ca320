CREATE TABLE readings_2025 (at date, place text, note text NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX by_place ON readings_2025 (place);
CREATE TABLE readings_q1 PARTITION OF readings_2025 FOR VALUES FROM ('2025-01-01') TO ('2025-04-01');
