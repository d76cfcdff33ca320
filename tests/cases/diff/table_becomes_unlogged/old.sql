-- Rows of an unlogged table go at a crash, and are on no replica; to and fro, every row is copied.
CREATE TABLE hits (page text, count integer);
