CREATE TABLE orders (id bigint, state text, note text) PARTITION BY LIST (state);
CREATE TABLE orders_open PARTITION OF orders FOR VALUES IN ('new');
