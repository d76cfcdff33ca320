ALTER TABLE public.p RENAME COLUMN b TO set_aside_1_a;
ALTER TABLE public.p RENAME COLUMN a TO b;
ALTER TABLE public.p RENAME COLUMN set_aside_1_a TO a;

ALTER TABLE public.x RENAME TO set_aside_1_y;

ALTER TABLE public.y RENAME TO x;

ALTER TABLE public.set_aside_1_y RENAME TO y;

ALTER TABLE public.q RENAME COLUMN c2 TO c1;
ALTER TABLE public.q RENAME COLUMN c3 TO c2;
ALTER TABLE public.q RENAME COLUMN c4 TO c3;
