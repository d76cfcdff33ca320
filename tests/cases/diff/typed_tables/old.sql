CREATE TYPE pair AS (a integer, b text);
CREATE TABLE follows OF pair (a WITH OPTIONS DEFAULT 1, PRIMARY KEY (a));
CREATE TABLE leaves OF pair;
CREATE TABLE joins (a integer, b text);
CREATE VIEW seen AS SELECT a FROM follows;
