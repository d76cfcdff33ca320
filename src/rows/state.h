// The contents of some tables, and if they are the same after a migration.
#pragma once
#include "rows/tables.h"

namespace quoin::rows {

/// The values of a column, as JSON, so that an attribute of a composite type is known by its name and not by its place,
/// whatever arrays and domains it lies in.
struct ColumnState {
  Text name;
  std::map<Text, Text> types;             // by path: "" itself, "[]" its elements, ".width" an attribute; {} and [] so
  std::map<Text, std::set<Text>> labels;  // of enums, by path
  std::set<Names> made_of;                // the types of users that it is made of
  List values;                            // a row each, in the order in which they lie
};
struct TableState {
  Names names;
  std::size_t count = 0;
  std::map<Number, ColumnState> columns;  // no generated ones
};
/// By the table's oid: a table or column that is renamed stays what it is.
using RowState = std::map<Text, TableState>;

/// Reads the rows of the tables; an oid that is no table any more is left out.
RowState read_rows(postgres::Connection&, const List& oids);

/// A value, column or table that is not as it was before.
struct Difference {
  enum class Manner {
    changed,    // a value of a type that stays
    converted,  // a value whose type, or that of a part of it, was to become another one
    gone        // rows, or a column with its values
  };
  Manner manner;
  Text what;                  // "column size of public.boxes: … became …"
  Names table;                // as it was named
  Text column{};              // empty: it is about the table
  std::set<Names> made_of{};  // the types of the column, before and after
};
using Differences = std::vector<Difference>;

/// Compares rows after the up, and after the down, with the rows before. At most one difference a column.
class Comparison {
 public:
  explicit Comparison(RowState first) : first_(std::move(first)) {}
  /// After the up.
  Differences there(const RowState& now);
  /// After the down: what was gone after the up need not have come back.
  Differences back(const RowState& now);
  void forget(const Text& table) { first_.erase(table); }

 private:
  enum class Alike { same, converted, other };  // the better first
  struct Leaf;
  struct Side;
  Alike compare(const Leaf&);
  Alike compare_parts(const Leaf&);
  void compare_rows(const Text& oid, const TableState& before, const TableState& after);
  bool are_same_in_any_order(const std::vector<Side>&, std::size_t rows);
  void say(Difference::Manner, const TableState&, const ColumnState*, const Text& what);

  RowState first_;
  bool is_back_ = false;
  std::set<Text> gone_, converted_;  // keys of tables, columns and parts of them
  Differences found_;
};

}  // namespace quoin::rows
