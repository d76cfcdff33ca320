CREATE SCHEMA other;
CREATE TABLE measures (at date, value numeric) PARTITION BY RANGE (at);
CREATE TABLE other.measures_1 PARTITION OF measures FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');
CREATE TABLE things (id bigint);
CREATE TABLE other.stones () INHERITS (things);
CREATE TABLE other.flints () INHERITS (other.stones);
ALTER TABLE measures ADD CHECK (value > 0) NOT VALID;
ALTER TABLE things ADD CHECK (id > 0) NOT VALID;
