CREATE SCHEMA audit;
CREATE TABLE audit.log (id integer);
CREATE VIEW audit.seen AS SELECT 1 AS one;
