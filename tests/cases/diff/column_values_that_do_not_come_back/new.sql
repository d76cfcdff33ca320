create table lossy (doc jsonb, label char(9), word char(9), at time, price money, body integer, letter "char", tag text[], field point);
create table kept (doc json, label text, at timetz, level bigint, net inet, mac macaddr8);
