CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE o (k e DEFAULT 'a');
CREATE TABLE t (id int NOT NULL, d date NOT NULL, v text, lost text, PRIMARY KEY (id));
