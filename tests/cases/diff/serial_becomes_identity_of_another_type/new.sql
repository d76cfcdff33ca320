CREATE TABLE t (id bigint generated always as identity, a text);
