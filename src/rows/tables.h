// What the catalog says of tables, as far as rows for them depend on it.
#pragma once
#include "rows/type_values.h"

namespace quoin::rows {

using Names = std::pair<Text, Text>;  // schema and name
using Number = Text;                  // of a column, as the catalog counts

struct Check {
  Text expression;
  std::vector<Number> columns;  // the columns that it names
};
struct Column {
  Text name;
  TypeUse type;
  bool is_not_null = false, is_generated = false;
  bool is_numbered = false;  // by a sequence, which has to go on after the rows
};
/// A foreign key.
struct Key {
  std::vector<Number> columns;
  Text table;  // oid of the table that it refers to
  std::vector<Number> referred;
};
struct Table {
  Text name;  // qualified, as SQL
  bool is_subject = false;
  std::map<Number, Column> columns{};
  std::vector<Check> checks{};
  std::vector<Key> keys{};
};
using Tables = std::map<Text, Table>;  // by oid

constexpr std::size_t rows_of_a_table = 8;

/// What to read. The subjects are tables of these names, and those that have a column of a type of these names, however
/// deep in domains, arrays and other types. Further tables come by oid, and by foreign keys of the others.
struct Wanted {
  std::set<Names> names;
  List oids{};
};
Tables read_tables(postgres::Connection&, const Wanted&);

List oids_of(const Tables&);

}  // namespace quoin::rows
