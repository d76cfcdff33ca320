CREATE TABLE orders (id bigint, state text, paid date) PARTITION BY LIST (state);
CREATE TABLE orders_open PARTITION OF orders FOR VALUES IN ('new', 'packed');
