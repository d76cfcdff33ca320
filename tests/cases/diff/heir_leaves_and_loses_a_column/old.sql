CREATE TABLE things (id bigint, name text NOT NULL, weight numeric CHECK (weight > 0));
CREATE TABLE stones (kind text) INHERITS (things);
