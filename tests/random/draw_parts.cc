// What lies in the tables of a random schema: constraints, indexes, statistics, foreign keys.
#include "tests/random/drawing.h"

namespace quoin::drawn {
namespace {
bool can_be_key(const Column& column) {
  return column.type != "app.pair" && column.type != "app.span" && column.type != "jsonb";
}
}  // namespace

void Drawing::constraints(const Table& table) {
  const Text alter = concat("ALTER TABLE ", table.name, " ADD ");
  if (happens(table.label + " check", 3))
    say(concat(alter, happens(table.label + " check named", 2) ? "CONSTRAINT small_c0 " : "", "CHECK (c0 < 100000)",
               one_of(table.label + " check kind",
                      {"", table.partitioned ? "" : " NO INHERIT", table.partitioned ? "" : " NOT VALID"})));
  if (!table.partitioned && table.columns.size() > 1 && can_be_key(table.columns[1]) &&
      happens(table.label + " unique", 3))
    say(concat(alter,
               happens(table.label + " unique named", 2) ? concat("CONSTRAINT \"", table.label, " u\" ") : Text(),
               "UNIQUE ", major_ >= 15 ? one_of(table.label + " unique nulls", {"", "NULLS NOT DISTINCT "}) : "", "(",
               table.columns[1].name, one_of(table.label + " unique more", {"", ", c0"}), ")",
               one_of(table.label + " unique late", {"", " DEFERRABLE INITIALLY DEFERRED"})));
  if (table.partitioned) return;
  for (const Column& column : table.columns)
    if (column.type == "int4range" && happens(table.label + " excluded", 2))
      return say(concat(alter, "EXCLUDE USING gist (", column.name, " WITH &&)",
                        one_of(table.label + " excluded where", {"", " WHERE (c0 > 0)"})));
}

void Drawing::foreign_keys() {
  bool has_partitioned = false;  // a foreign key to one takes names for each partition
  for (const Table& table : tables_) has_partitioned |= table.partitioned;
  for (const Table& table : tables_)
    for (const Table& other : tables_) {
      const Text label = concat(table.label, " to ", other.label);
      const bool late_key = pick(other.label + " key late", 2) == 1 && !other.partitioned;
      if (!other.has_key || late_key || other.unlogged || table.unlogged || !happens(label, 4)) continue;
      const Column* from = nullptr;
      for (const Column& column : table.columns)
        if (column.type == "integer" || column.type == "bigint") from = &column;
      if (!from || (from->name == "twice_c0")) continue;
      const bool not_valid = !table.partitioned && happens(label + " not valid", 6);
      say(concat("ALTER TABLE ", table.name, " ADD ",
                 has_partitioned || happens(label + " named", 3) ? concat("CONSTRAINT \"", label, "\" ") : Text(),
                 "FOREIGN KEY (", from->name, ") REFERENCES ", other.name, " (c0)",
                 one_of(label + " match", {"", " MATCH FULL"}),
                 one_of(label + " delete", {"", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE RESTRICT"}),
                 one_of(label + " update", {"", " ON UPDATE CASCADE"}),
                 one_of(label + " late", {"", " DEFERRABLE", " DEFERRABLE INITIALLY DEFERRED"}),
                 not_valid ? " NOT VALID" : ""));
    }
}

void Drawing::index(const Table& table, const Text& label) {
  const int at = pick(label + " column", 6);
  const Column& column = table.columns[static_cast<std::size_t>(at) % table.columns.size()];
  Text key = column.name, method;
  if (column.type == "jsonb" || column.type.ends_with("[]")) {
    method = " USING gin";
    if (column.type == "jsonb" && happens(label + " paths", 2)) key += " jsonb_path_ops";
    if (column.type == "app.mood[]") key = "c0", method = "";
  } else if (column.type == "app.pair" || column.type == "app.span") {
    key = "c0";
  } else if (column.type == "text" && happens(label + " expression", 2)) {
    key = one_of(label + " which expression", {"lower(%)", "(% || 'x')", "% text_pattern_ops", "% COLLATE \"C\""});
    key.replace(key.find('%'), 1, column.name);
  } else if (happens(label + " other method", 6) && !column.type.starts_with("bit")) {
    method = " USING hash";
  }
  const bool plain = method.empty();
  if (plain) key += one_of(label + " order", {"", " DESC", " DESC NULLS LAST", " NULLS FIRST"});
  if (plain && happens(label + " two", 4)) key += ", c0";
  const bool unique = plain && !table.partitioned && happens(label + " unique", 4);
  Text name = happens(label + " named", 2) ? concat("\"", label, "\" ") : Text();
  say(concat("CREATE ", unique ? "UNIQUE " : "", "INDEX ", name, "ON ", table.name, method, " (", key, ")",
             plain ? one_of(label + " include", {"", "", " INCLUDE (c0)"}) : "",
             plain ? one_of(label + " with", {"", "", " WITH (fillfactor='80')"}) : "",
             one_of(label + " where", {"", "", " WHERE c0 > 5", " WHERE c0 IS NOT NULL AND c0 <> 3"})));
}

void Drawing::indexes(const Table& table) {
  // Of several, a partition's parts may have names that depend on which was made first, which YAML does not tell.
  const int most = table.partitioned ? 1 : 3;
  for (int i = 0; i < most; ++i)
    if (const Text label = concat(table.label, "i", std::to_string(i)); happens(label, 2)) index(table, label);
}

void Drawing::statistics(const Table& table) {
  if (table.columns.size() < 3 || !happens(table.label + " extended", 5)) return;
  if (table.columns[1].type == "app.pair" || table.columns[1].type == "app.span") return;
  say(concat("CREATE STATISTICS app.", table.label, "_stats",
             one_of(table.label + " stat kinds", {"", " (ndistinct)", " (dependencies, mcv)"}), " ON c0, ",
             table.columns[1].name, " FROM ", table.name));
}

}  // namespace quoin::drawn
