CREATE TABLE visits (at date, place int, CONSTRAINT visits_pkey PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE visits_2025 PARTITION OF visits FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
COMMENT ON INDEX visits_pkey IS 'once a day';
COMMENT ON INDEX visits_2025_pkey IS 'once a day';
