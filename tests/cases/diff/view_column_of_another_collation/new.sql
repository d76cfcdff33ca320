CREATE TABLE words (id bigint, word text);
CREATE VIEW known AS SELECT id, word COLLATE "C" AS word FROM words;
