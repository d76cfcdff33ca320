\set n 3
SELECT 1;
