create table p (a int not null unique, b int primary key);
create table c (p int references p (b));
