CREATE TABLE one (a integer, b integer, PRIMARY KEY (a, b), UNIQUE (a), UNIQUE (b));
CREATE TABLE other (a integer UNIQUE);
CREATE TABLE by_columns (a integer, b integer, CONSTRAINT refers FOREIGN KEY (b) REFERENCES one (b));
CREATE TABLE by_table (a integer CONSTRAINT refers REFERENCES other (a));
CREATE TABLE by_match (a integer, b integer, CONSTRAINT refers FOREIGN KEY (a, b) REFERENCES one MATCH FULL);
CREATE TABLE by_update (a integer CONSTRAINT refers REFERENCES one (a) ON UPDATE CASCADE);
CREATE TABLE by_set (a integer, b integer, CONSTRAINT refers FOREIGN KEY (a, b) REFERENCES one ON DELETE SET NULL (b));
CREATE TABLE by_validity (a integer CONSTRAINT refers REFERENCES one (a));
