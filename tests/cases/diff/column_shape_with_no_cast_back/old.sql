create table plots (id int primary key, outline polygon, path_on lseg, extra jsonb, owner oid);
