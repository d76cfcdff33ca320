create table plots (id int primary key, outline point, path_on point, extra text[], owner bigint);
