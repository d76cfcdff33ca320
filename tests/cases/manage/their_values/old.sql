CREATE TYPE pair AS (a int, b int);
CREATE TABLE kid (p pair);
