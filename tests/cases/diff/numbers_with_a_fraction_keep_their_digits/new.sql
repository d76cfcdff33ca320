-- The cast from double precision to numeric takes 15 digits, that from real 6; their text has all.
create table measures (a numeric, b numeric, c numeric[], d numeric(10, 2));
