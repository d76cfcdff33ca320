CREATE UNLOGGED TABLE hits (page text, count integer);
