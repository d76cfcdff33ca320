select * from app.users;
select * from users;
