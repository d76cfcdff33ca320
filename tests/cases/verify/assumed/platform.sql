CREATE SCHEMA platform;
CREATE TABLE platform.towns (id int PRIMARY KEY);
