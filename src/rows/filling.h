// Rows for the trial of a migration, in the tables whose rows it may change.
#pragma once
#include "rows/choosing.h"

namespace quoin::rows {

class Filling {
 public:
  /// `subjects`: tables and types that the migration changes, by their names on either side. `path`: the search_path
  /// that the tables' expressions rely on.
  Filling(postgres::Connection&, std::set<Names> subjects, List path);

  /// Call it in the desired state, without rows: finds what rows have to satisfy there, as far as can be told.
  void look_ahead();
  /// Call it in the current state, without rows: fills the tables. Rows that the tables refuse are left out.
  void fill();
  /// Call it in the current state: fills the tables anew, with a single row in each of these tables, or none where it
  /// had one.
  void thin(const std::set<Text>& oids);
  /// Empties the tables, and those that refer to them; a table that is no longer there is passed over.
  void clear(const List& oids);

  const Tables& tables() const { return tables_; }
  std::size_t rows_of(const Text& oid) const;
  std::size_t rows() const;

 private:
  struct Row {
    std::size_t number;
    Text sql;
  };
  struct Reference {  // of a column
    Text table;
    Number column;
  };
  using Value = std::optional<Text>;  // nullopt: null

  void refer(const Tables&);
  bool may_be_null(const Text& oid, const Number&) const;
  std::optional<Value> value(const Text& oid, const Number&, std::size_t row, int depth = 0) const;
  void make_rows(const Text& oid, const Table&);
  void insert();
  void truncate(const List& oids);
  bool has_row(const Text& oid, std::size_t number) const;
  bool is_dangling(const Text& oid, const Row&) const;
  bool drop_dangling();

  postgres::Connection& connection_;
  std::set<Names> subjects_;
  List path_;
  Attempt attempt_;
  Tables tables_, tables_ahead_;
  // By the table's oid:
  std::map<Text, TableAhead> ahead_;
  std::map<Text, std::map<Number, List>> values_;
  std::map<Text, std::map<Number, Reference>> references_;
  std::map<Text, std::vector<Row>> rows_;
};

}  // namespace quoin::rows
