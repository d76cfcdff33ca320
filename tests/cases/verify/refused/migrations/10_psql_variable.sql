INSERT INTO towns VALUES (:n, 'x');
