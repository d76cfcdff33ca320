CREATE SCHEMA partman;
CREATE TABLE partman.part_config (id integer);
CREATE TABLE partman.jobs (id integer);
CREATE FUNCTION partman.run() RETURNS integer LANGUAGE sql AS 'select 1';
CREATE TABLE "Odd" (id integer);
CREATE TABLE even (id integer);
CREATE SCHEMA cron;
CREATE TABLE cron.job (id integer);
