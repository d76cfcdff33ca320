CREATE TABLE nights (at date);
CREATE TABLE day_one () INHERITS (nights);
CREATE TABLE days (at date, note text) PARTITION BY RANGE (at);
CREATE TABLE night_one PARTITION OF days FOR VALUES FROM ('2025-01-02') TO ('2025-01-03');
