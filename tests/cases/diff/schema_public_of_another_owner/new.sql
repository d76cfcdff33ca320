CREATE TABLE shelf (id integer, label text);
