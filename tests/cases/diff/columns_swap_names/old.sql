-- Columns, tables and a chain of columns that take each other's names.
CREATE TABLE p (a integer NOT NULL DEFAULT 1, b text);
CREATE VIEW seen AS SELECT a, b FROM p;
CREATE TABLE x (i integer);
CREATE TABLE y (t text);
CREATE TABLE q (c1 integer, c2 text, c3 date);
