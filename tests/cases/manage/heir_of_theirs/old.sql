CREATE TABLE boss (id int, extra text);
CREATE TABLE kid () INHERITS (boss);
