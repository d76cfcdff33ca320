DROP STATISTICS app.orders_state;

DROP STATISTICS app.orders_whole;

DROP MATERIALIZED VIEW app.per_user;

-- WARNING(rewrite): builds materialized view app.per_user anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW app.per_user AS
SELECT orders.user_id,
    orders.state,
    sum(orders.total) AS total
   FROM app.orders
  GROUP BY orders.user_id, orders.state;

CREATE STATISTICS app.orders_gone ON state, total FROM app.orders;

ALTER STATISTICS app.orders_kept SET STATISTICS -1;
COMMENT ON STATISTICS app.orders_kept IS 'Totals go with users';

CREATE STATISTICS app.orders_state (ndistinct) ON state, user_id FROM app.orders;

CREATE STATISTICS app.per_user_state ON user_id, state FROM app.per_user;

-- WARNING(data-loss): drops table app.refunds and the data in it
DROP TABLE app.refunds;
