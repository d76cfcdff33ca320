-- What is said of the old type goes with it; what is said of a column that stays does not.
CREATE TYPE mood AS ENUM ('sad', 'fine', 'glad');
COMMENT ON TYPE mood IS 'How a guest feels';
CREATE TABLE guest (id integer, feels mood);
COMMENT ON COLUMN guest.feels IS 'asked at the door';
