// Rows for a migration's trial, put into the tables that it may change the rows of.
#pragma once
#include "rows/choosing.h"

namespace quoin::rows {

class Filling {
 public:
  /// `subjects`: tables and types that the migration changes, by their names on either side; `path`: schemas whose
  /// names what the tables call leaves out.
  Filling(postgres::Connection&, std::set<Names> subjects, List path);

  /// In the desired state, with no rows yet: what they are to satisfy there, as far as can be told.
  void look_ahead();
  /// In the current state, with no rows yet. What the tables refuse is left out.
  void fill();
  /// In the current state: all rows anew, in each of these tables only one, or none where there was one.
  void thin(const std::set<Text>& oids);
  /// Empties tables, and what refers to them; those that are no longer there are passed over.
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
