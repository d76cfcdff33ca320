\connect app
create table pots (id int, name text);
copy pots (id, name) from stdin;
1	one; two 'x
2	\N
\.
create table pans (id int);
