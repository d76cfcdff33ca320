CREATE TABLE events (at date NOT NULL, what text, seen integer) PARTITION BY RANGE (at);
CREATE INDEX events_at ON events (at);
CREATE TABLE events_p2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_p2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX own ON events_p2026 (what);
