CREATE TABLE towns (id int, region text);
