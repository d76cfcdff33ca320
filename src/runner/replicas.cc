#include "runner/replicas.h"

namespace quoin::runner {

using postgres::Parameter;

Replicas::Replicas(postgres::Connection& connection, Text max_lag)
    : connection_(connection), max_lag_(std::move(max_lag)) {
  if (max_lag_.empty()) return;
  const auto seconds = connection_.query(
      "SELECT pg_catalog.date_part('epoch', $1::pg_catalog.interval), EXISTS (SELECT FROM"
      " pg_catalog.pg_stat_replication WHERE state IS NULL)",
      std::vector<Parameter>{max_lag_});
  longest_ = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(std::stod(seconds.text(0, 0))));
  if (seconds.text(0, 1) == "t")
    throw Error(Code::refused,
                concat(connection_.user(), " may not see how far replicas are behind, so max-lag cannot be heeded"), {},
                concat("GRANT pg_monitor TO ", quote_ident(connection_.user()), "; or take max-lag out"));
}

// What a replica says of its own lag is old where it has caught up, or says nothing any more: positions are not.
void Replicas::mark() {
  if (max_lag_.empty()) return;
  marks_.push_back({Clock::now(), connection_.execute("SELECT pg_catalog.pg_current_wal_flush_lsn()").text(0, 0)});
}

bool Replicas::are_behind() {
  if (marks_.empty()) return false;
  const Clock::time_point due = Clock::now() - longest_;
  while (marks_.size() > 1 && marks_[1].at <= due) marks_.pop_front();
  const Text long_ago = marks_.front().at <= due ? marks_.front().position : Text("0/0");
  return connection_
             .query(
                 "SELECT FROM pg_catalog.pg_stat_replication WHERE replay_lsn OPERATOR(pg_catalog.<)"
                 " $1::pg_catalog.pg_lsn OR (replay_lag OPERATOR(pg_catalog.>) $2::pg_catalog.interval AND"
                 " replay_lsn OPERATOR(pg_catalog.<) $3::pg_catalog.pg_lsn)",
                 std::vector<Parameter>{long_ago, max_lag_, marks_.back().position})
             .rows() > 0;
}

}  // namespace quoin::runner
