-- A role's own name may be a word that stands for another one.
CREATE TABLE t (a integer);
GRANT SELECT ON t TO "current_user", CURRENT_USER;
CREATE TABLE o (a integer);
ALTER TABLE o OWNER TO "current_user";
CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER there FOREIGN DATA WRAPPER far;
