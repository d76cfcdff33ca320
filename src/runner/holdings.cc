#include "runner/holdings.h"

namespace quoin::runner {
namespace {

constexpr std::string_view question_of_all =
    "SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relfilenode, c.relnatts,"
    " pg_catalog.count(a.attnum), c.reltuples OPERATOR(pg_catalog.>) 0::pg_catalog.float4"
    " OR pg_catalog.pg_stat_get_live_tuples(c.oid) OPERATOR(pg_catalog.>) 0"
    " FROM pg_catalog.pg_class c"
    " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
    " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) c.oid"
    " AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped"
    " AND a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) ''"
    " WHERE c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) 'r'"
    " AND c.relpersistence::pg_catalog.text OPERATOR(pg_catalog.<>) 't'"
    " AND c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid GROUP BY c.oid, n.nspname";

// A transaction holds this lock on all that it drops, empties or narrows, until it ends.
constexpr std::string_view question_of_locked =
    "SELECT l.relation FROM pg_catalog.pg_locks l WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()"
    " AND l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.mode OPERATOR(pg_catalog.=) 'AccessExclusiveLock'"
    " AND l.granted";

// Of the first $2 columns: those that were added make up for none.
constexpr std::string_view question_of_one =
    "SELECT c.relfilenode, pg_catalog.pg_relation_size(c.oid) OPERATOR(pg_catalog.=) 0,"
    " (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid"
    " AND a.attnum OPERATOR(pg_catalog.>) 0 AND a.attnum OPERATOR(pg_catalog.<=) $2::pg_catalog.int2"
    " AND NOT a.attisdropped AND a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) '')"
    " FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) $1::pg_catalog.oid";

}  // namespace

Holdings::Holdings(postgres::Connection& connection) {
  const postgres::Result all = connection.query(Text(question_of_all));
  for (std::size_t i = 0; i < all.rows(); ++i)
    tables_.try_emplace(all.text(i, 0),
                        Table{all.text(i, 1), all.text(i, 2), all.text(i, 3), all.text(i, 4), all.text(i, 5) == "t"});
}

void Holdings::require_whole(postgres::Connection& connection, const Section& section) const {
  if (tables_.empty()) return;
  List losses;
  const postgres::Result locked = connection.query(Text(question_of_locked));
  for (std::size_t i = 0; i < locked.rows(); ++i) {
    const auto known = tables_.find(locked.text(i, 0));
    if (known == tables_.end()) continue;
    const Text loss = loss_of(connection, *known);
    if (!loss.empty()) losses.push_back(loss);
  }
  if (losses.empty()) return;
  throw Error(
      Code::refused,
      concat(section.file, " takes away what was there before, and nobody has given leave: it ", join(losses, ", ")),
      {section.file}, "if it is meant: quoin migrate --allow data-loss, or allow: [data-loss] in quoin.yaml");
}

Text Holdings::loss_of(postgres::Connection& connection, const std::pair<const Text, Table>& known) {
  const auto& [oid, table] = known;
  const postgres::Result now =
      connection.query(Text(question_of_one), std::vector<postgres::Parameter>{oid, table.width});
  if (now.rows() == 0) return concat("drops table ", table.name);
  if (now.text(0, 2) != table.columns) return concat("drops a column of table ", table.name);
  const bool is_emptied = table.has_rows && now.text(0, 0) != table.file && now.text(0, 1) == "t";
  return is_emptied ? concat("empties table ", table.name) : Text();
}

}  // namespace quoin::runner
