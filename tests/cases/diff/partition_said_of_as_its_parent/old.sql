CREATE TABLE visits (at date, place int) PARTITION BY RANGE (at);
