CREATE TABLE wages (name text, amount numeric);
GRANT UPDATE ON wages TO clerk;
GRANT SELECT (name) ON wages TO clerk;
GRANT SELECT, DELETE ON wages TO chief WITH GRANT OPTION;
GRANT INSERT ON wages TO chief;
