#include "runner/holdings.h"

#include <algorithm>

namespace quoin::runner {
namespace {

constexpr std::string_view from_tables =
    " FROM pg_catalog.pg_class c WHERE c.relkind::pg_catalog.text OPERATOR(pg_catalog.=) 'r'"
    " AND c.relpersistence::pg_catalog.text OPERATOR(pg_catalog.<>) 't'"
    " AND c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid";

// Statistics may know nothing yet, or no more: after a crash, or where nobody has analyzed the table. Its size tells
// then, but asking for that waits for who has locked the table; such a table counts as one with rows.
constexpr std::string_view has_rows =
    "CASE WHEN pg_catalog.pg_stat_get_tuples_inserted(c.oid) OPERATOR(pg_catalog.>) 0"
    " OR pg_catalog.pg_stat_get_live_tuples(c.oid) OPERATOR(pg_catalog.>) 0"
    " THEN pg_catalog.pg_stat_get_live_tuples(c.oid) OPERATOR(pg_catalog.>) 0"
    " WHEN c.reltuples OPERATOR(pg_catalog.>) 0::pg_catalog.float4 THEN true"
    " WHEN c.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT l.relation FROM pg_catalog.pg_locks l"
    " WHERE l.mode OPERATOR(pg_catalog.=) 'AccessExclusiveLock' AND l.relation IS NOT NULL)) THEN true"
    " ELSE pg_catalog.pg_relation_size(c.oid) OPERATOR(pg_catalog.>) 0 END";

Text question_of_all() {
  return concat(
      "SELECT c.oid, pg_catalog.format('%I.%I', (SELECT n.nspname FROM pg_catalog.pg_namespace n"
      " WHERE n.oid OPERATOR(pg_catalog.=) c.relnamespace), c.relname), c.relfilenode,"
      " ARRAY(SELECT a.attnum FROM pg_catalog.pg_attribute a WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid"
      " AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped"
      " AND a.attgenerated::pg_catalog.text OPERATOR(pg_catalog.=) ''), ",
      has_rows, from_tables);
}

// A transaction holds this lock on all that it drops, empties or narrows, until it ends.
constexpr std::string_view question_of_locked =
    "SELECT l.relation FROM pg_catalog.pg_locks l WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()"
    " AND l.locktype OPERATOR(pg_catalog.=) 'relation' AND l.mode OPERATOR(pg_catalog.=) 'AccessExclusiveLock'"
    " AND l.granted";

// Of the tables $1 with the columns $2. The third: is one of these dropped by a transaction that has not ended, which
// is this one?
constexpr std::string_view question_of_some =
    "SELECT k.oid, c.relfilenode, EXISTS (SELECT FROM pg_catalog.pg_attribute a"
    " WHERE a.attrelid OPERATOR(pg_catalog.=) c.oid AND a.attisdropped"
    " AND a.attnum OPERATOR(pg_catalog.=) ANY (k.columns::pg_catalog.int2[]) AND pg_catalog.txid_status("
    "pg_catalog.txid_current() OPERATOR(pg_catalog.-) pg_catalog.age(a.xmin)::pg_catalog.int8)"
    " OPERATOR(pg_catalog.=) 'in progress'), pg_catalog.pg_relation_size(c.oid) OPERATOR(pg_catalog.=) 0"
    " FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.text[]))"
    " AS k(oid, columns) LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) k.oid";

}  // namespace

Holdings::Holdings(postgres::Connection& connection) {
  const postgres::Result all = connection.query(question_of_all());
  for (std::size_t i = 0; i < all.rows(); ++i) {
    tables_.try_emplace(all.text(i, 0), Table{all.text(i, 1), all.text(i, 2), all.text(i, 3), all.text(i, 4) == "t"});
    last_ = std::max(last_, std::uint64_t{std::stoul(all.text(i, 0))});
  }
}

void Holdings::note_files(postgres::Connection& connection) {
  if (tables_.empty()) return;
  const postgres::Result all =
      connection.query(concat("SELECT c.oid, c.relfilenode", from_tables, " AND c.oid OPERATOR(pg_catalog.<=) $1"),
                       std::vector<postgres::Parameter>{std::to_string(last_)});
  for (std::size_t i = 0; i < all.rows(); ++i)
    if (const auto known = tables_.find(all.text(i, 0)); known != tables_.end()) known->second.file = all.text(i, 1);
}

void Holdings::require_whole(postgres::Connection& connection, const Section& section) const {
  if (tables_.empty()) return;
  const postgres::Result locked = connection.query(Text(question_of_locked));
  List known, columns, losses;
  for (std::size_t i = 0; i < locked.rows(); ++i)
    if (const auto one = tables_.find(locked.text(i, 0)); one != tables_.end()) {
      known.push_back(one->first);
      columns.push_back(concat("\"", one->second.columns, "\""));
    }
  if (known.empty()) return;
  const std::vector<postgres::Parameter> asked{concat("{", join(known, ","), "}"),
                                               concat("{", join(columns, ","), "}")};
  const postgres::Result now = connection.query(Text(question_of_some), asked);
  for (std::size_t i = 0; i < now.rows(); ++i)
    if (Text loss = loss_of(tables_.at(now.text(i, 0)), now, i); !loss.empty()) losses.push_back(std::move(loss));
  if (losses.empty()) return;
  throw Error(Code::refused,
              concat("it takes away what was there before, and nobody has given leave: it ", first_of(losses, 5)),
              {section.file}, "if it is meant: --allow data-loss, or allow: [data-loss] in quoin.yaml");
}

Text Holdings::loss_of(const Table& table, const postgres::Result& now, std::size_t row) {
  if (now.text(row, 1).empty()) return concat("drops table ", table.name);
  if (now.text(row, 2) == "t") return concat("drops a column of table ", table.name);
  const bool is_emptied = table.has_rows && now.text(row, 1) != table.file && now.text(row, 3) == "t";
  return is_emptied ? concat("empties table ", table.name) : Text();
}

}  // namespace quoin::runner
