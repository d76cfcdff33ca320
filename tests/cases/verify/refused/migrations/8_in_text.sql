INSERT INTO towns VALUES (1, 'costs ${price}, see {{x}}'), (2, $$:it ${is}$$);
SELECT '{1,2}'::int[], (ARRAY[1,2,3])[1:2], now()::date; -- ${this} is a comment
