create index users_email on users (lower(email));
update users set email = 'x';
