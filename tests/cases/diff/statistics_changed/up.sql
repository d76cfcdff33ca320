DROP STATISTICS app.orders_gone;

DROP STATISTICS app.orders_state;

DROP MATERIALIZED VIEW app.per_user;

CREATE TABLE app.refunds (
    id bigint NOT NULL,
    state text NOT NULL,
    user_id bigint,
    total numeric(10,2)
);

-- WARNING(rewrite): builds materialized view app.per_user anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW app.per_user AS
SELECT orders.user_id,
    orders.state,
    sum(orders.total) AS total,
    count(*) AS orders
   FROM app.orders
  GROUP BY orders.user_id, orders.state;

ALTER STATISTICS app.orders_kept SET STATISTICS 500;
COMMENT ON STATISTICS app.orders_kept IS 'Totals go with users, mostly';

CREATE STATISTICS app.orders_state (ndistinct, mcv) ON state, user_id FROM app.orders;

CREATE STATISTICS app.orders_whole ON user_id, (total / (2)::numeric), (lower(state)) FROM app.orders;
ALTER STATISTICS app.orders_whole SET STATISTICS 0;

CREATE STATISTICS app.per_user_state ON user_id, state FROM app.per_user;

CREATE STATISTICS app.refunds_state_user_id_stat (ndistinct, mcv) ON state, user_id FROM app.refunds;

CREATE STATISTICS app.refunds_user_id_expr_expr_stat ON user_id, (total / (2)::numeric), (lower(state)) FROM app.refunds;

CREATE STATISTICS app.refunds_user_id_total_stat ON user_id, total FROM app.refunds;
COMMENT ON STATISTICS app.refunds_user_id_total_stat IS 'Totals go with users, mostly';
