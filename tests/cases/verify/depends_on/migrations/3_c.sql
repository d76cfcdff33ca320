-- quoin: depends-on 0
SELECT 1;
