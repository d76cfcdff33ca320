-- quoin: depends-on 1_a
SELECT 1;
