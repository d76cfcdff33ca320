CREATE TABLE a (id integer, n text, CONSTRAINT "the key" PRIMARY KEY (id));
