CREATE TABLE days (at date, note text) PARTITION BY RANGE (at);
CREATE TABLE day_one PARTITION OF days FOR VALUES FROM ('2025-01-01') TO ('2025-01-02');
CREATE TABLE nights (at date);
CREATE TABLE night_one () INHERITS (nights);
