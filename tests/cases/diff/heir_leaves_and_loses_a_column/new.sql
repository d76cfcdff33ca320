CREATE TABLE stones (id bigint, name text NOT NULL, kind text);
