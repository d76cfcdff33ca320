CREATE TABLE towns (id int, name text DEFAULT 'in ${country}');
-- ${comments} stay
