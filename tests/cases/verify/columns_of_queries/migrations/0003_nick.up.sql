alter table person add nick text;
