CREATE TABLE readings (at date NOT NULL, value integer, note text) PARTITION BY RANGE (at);
CREATE INDEX readings_at ON readings (at);
CREATE TABLE readings_2024 (at date NOT NULL, value integer);
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
