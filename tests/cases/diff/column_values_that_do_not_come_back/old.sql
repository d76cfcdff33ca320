create table lossy (doc json, label text, word varchar(5), at timetz, price numeric, body jsonb, letter integer, tag text, field box);
create table kept (doc jsonb, label varchar(5), at time, level int, net cidr, mac macaddr);
