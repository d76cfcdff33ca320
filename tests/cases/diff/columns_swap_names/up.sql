ALTER TABLE public.q RENAME COLUMN c3 TO c4;
ALTER TABLE public.q RENAME COLUMN c2 TO c3;
ALTER TABLE public.q RENAME COLUMN c1 TO c2;

ALTER TABLE public.y RENAME TO set_aside_1_y;

ALTER TABLE public.x RENAME TO y;

ALTER TABLE public.set_aside_1_y RENAME TO x;

ALTER TABLE public.p RENAME COLUMN a TO set_aside_1_a;
ALTER TABLE public.p RENAME COLUMN b TO a;
ALTER TABLE public.p RENAME COLUMN set_aside_1_a TO b;
