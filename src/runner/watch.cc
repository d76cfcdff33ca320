#include "runner/watch.h"

#include <cstdlib>

namespace quoin::runner {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// One of the views pg_stat_progress_…, p: what is done, its phase, and how much of how much.
struct ProgressView {
  int since;  // the first major version that has it
  const char* sql;
};
constexpr ProgressView views[] = {
    {12,
     "SELECT p.command, p.phase, CASE WHEN p.blocks_total OPERATOR(pg_catalog.>) 0 THEN p.blocks_done"
     " ELSE p.tuples_done END, CASE WHEN p.blocks_total OPERATOR(pg_catalog.>) 0 THEN p.blocks_total"
     " ELSE p.tuples_total END FROM pg_catalog.pg_stat_progress_create_index p"},
    {12,
     "SELECT p.command, p.phase, p.heap_blks_scanned, p.heap_blks_total"
     " FROM pg_catalog.pg_stat_progress_cluster p"},
    {12,
     "SELECT 'VACUUM', p.phase, p.heap_blks_scanned, p.heap_blks_total"
     " FROM pg_catalog.pg_stat_progress_vacuum p"},
    {13,
     "SELECT 'ANALYZE', p.phase, p.sample_blks_scanned, p.sample_blks_total"
     " FROM pg_catalog.pg_stat_progress_analyze p"},
    {14,
     "SELECT p.command, 'copying', p.bytes_processed, p.bytes_total"
     " FROM pg_catalog.pg_stat_progress_copy p"}};

Text progress_of(const Text& process, int major) {
  List all;
  for (const ProgressView& view : views)
    if (major >= view.since) all.push_back(concat(view.sql, " WHERE p.pid OPERATOR(pg_catalog.=) ", process));
  return join(all, " UNION ALL ");
}

/// The lock that a process waits for: "ACCESS EXCLUSIVE on public.orders".
Text awaited_lock(postgres::Connection& observer, const Text& process) {
  const auto found = observer.execute(
      concat("SELECT l.locktype, pg_catalog.upper(pg_catalog.regexp_replace(pg_catalog.replace(l.mode, 'Lock', ''),"
             " '([a-z])([A-Z])', '\\1 \\2', 'g')), pg_catalog.quote_ident(n.nspname), pg_catalog.quote_ident(c.relname)"
             " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation"
             " LEFT JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
             " WHERE NOT l.granted AND l.pid OPERATOR(pg_catalog.=) ",
             process, " LIMIT 1"));
  if (found.rows() == 0) return "a lock";
  const Text type = found.text(0, 0);
  const Text relation = found.text(0, 3).empty() ? Text() : concat(found.text(0, 2), ".", found.text(0, 3));
  if (type == "relation" && !relation.empty()) return concat(found.text(0, 1), " on ", relation);
  if (type == "tuple" && !relation.empty()) return concat("a row of ", relation);
  if (type == "transactionid") return "the end of another transaction, which has written a row that this one wants";
  if (type == "virtualxid") return "the end of an older transaction";
  return type == "advisory" ? Text("an advisory lock") : concat("a lock of type ", type);
}

constexpr auto first_look = 250ms;
constexpr auto worth_a_remark = 2s;
constexpr auto again_after = 60s;

}  // namespace

Watch::Watch(postgres::Connection& worker, postgres::Connection& observer, const RunMessages& messages)
    : worker_(worker),
      observer_(observer),
      messages_(messages),
      process_(worker.query("SELECT pg_catalog.pg_backend_pid()").text(0, 0)) {
  worker_.while_waiting(first_look, [this](milliseconds since_sent) {
    if (!sees_) return;
    try {
      look(since_sent);
    } catch (const Error& error) {
      sees_ = false;
      messages_.remark(concat("warning: what this waits for cannot be told any more: ", error.what()));
    }
  });
}

Watch::~Watch() { worker_.while_waiting({}, {}); }

Text Watch::waited_for() const { return Clock::now() - seen_ < 1500ms ? waits_for_ : Text(); }

// The server asks all its lock tables for the blockers, so only of one that waits.
void Watch::look(milliseconds since_sent) {
  const auto found =
      observer_.execute(concat("SELECT CASE WHEN a.wait_event_type OPERATOR(pg_catalog.=) 'Lock' THEN"
                               " pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(a.pid), ',') END"
                               " FROM pg_catalog.pg_stat_activity a WHERE a.pid OPERATOR(pg_catalog.=) ",
                               process_));
  const Text blockers = found.rows() == 0 ? Text() : found.text(0, 0);
  if (!blockers.empty()) look_at_lock(blockers, since_sent);
  if (since_sent >= 1s) look_at_progress();
}

void Watch::look_at_lock(const Text& blockers, milliseconds since_sent) {
  const bool is_same = blockers == told_ && since_sent > last_look_;  // and of the same statement
  const bool is_told = is_same && Clock::now() - told_at_ < again_after;
  last_look_ = since_sent;
  seen_ = Clock::now();
  if (!is_told) waits_for_ = lock_and_holders(blockers);
  if (is_told || since_sent < worth_a_remark) return;
  messages_.remark(concat("  ", is_same ? "still " : "", "waiting for ", waits_for_));
  told_ = blockers;
  told_at_ = seen_;
}

Text Watch::lock_and_holders(const Text& blockers) {
  List all;
  for (const Text& process : split(blockers, ','))
    all.push_back(process == "0" ? Text("a prepared transaction (see pg_prepared_xacts)")
                                 : describe_session(observer_, concat("a.pid OPERATOR(pg_catalog.=) ", process)));
  return concat(awaited_lock(observer_, process_), ", held by ", first_of(all, 3));
}

void Watch::look_at_progress() {
  const auto found = observer_.execute(progress_of(process_, observer_.major()));
  if (found.rows() == 0) return;
  const double done = std::strtod(found.text(0, 2).c_str(), nullptr);
  const double total = std::strtod(found.text(0, 3).c_str(), nullptr);
  messages_.advance(concat(found.text(0, 0), ": ", found.text(0, 1)),
                    total > 0 ? std::optional(done / total) : std::nullopt);
}

}  // namespace quoin::runner
