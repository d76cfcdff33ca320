create table p (a int primary key, b int not null unique);
create table c (p int references p);
