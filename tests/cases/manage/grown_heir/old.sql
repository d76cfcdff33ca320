CREATE TABLE boss (id int);
CREATE TABLE kid () INHERITS (boss);
