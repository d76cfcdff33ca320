-- REVOKE on a table takes the same from its columns; a grant option comes and goes without the privilege.
CREATE TABLE wages (name text, amount numeric);
GRANT SELECT, UPDATE ON wages TO clerk;
GRANT SELECT (name) ON wages TO clerk;
GRANT SELECT ON wages TO chief;
GRANT INSERT, DELETE ON wages TO chief WITH GRANT OPTION;
