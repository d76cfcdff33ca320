CREATE SCHEMA tools;
CREATE EXTENSION citext SCHEMA tools;
CREATE TABLE holder (name tools.citext);
