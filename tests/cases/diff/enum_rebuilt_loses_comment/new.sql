CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE guest (id integer, feels mood);
