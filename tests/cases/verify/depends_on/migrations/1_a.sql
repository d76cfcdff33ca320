-- quoin: depends-on 2
SELECT 1;
