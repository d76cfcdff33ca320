CREATE TYPE pair AS (a integer, b text, c date);
CREATE TABLE follows OF pair (b NOT NULL, PRIMARY KEY (a));
CREATE TABLE leaves (a integer, b text);
CREATE TABLE joins OF pair;
CREATE TABLE made OF pair (a WITH OPTIONS DEFAULT 2, CHECK (a > 0)) WITH (fillfactor = 70);
CREATE VIEW seen AS SELECT a FROM follows;
