// The values that the columns of a table get: values that its checks accept, now and in the desired state.
#pragma once
#include "rows/tables.h"

namespace quoin::rows {

/// What a column and a table are to become, as far as rows have to satisfy it.
struct ColumnAhead {
  Text type;  // as SQL spells it
  bool is_not_null, is_numbered;
  List checks;   // on it alone
  Pool of_type;  // shows if the type of that name is another one by then
  Pool pool;     // of texts that are accepted there
};
struct TableAhead {
  std::map<Number, ColumnAhead> columns;
  std::vector<Check> checks;
};

class Chooser {
 public:
  Chooser(postgres::Connection&, Attempt&, const Tables&);

  TableAhead look_ahead(const Table&);
  /// The values of each column, one a row, as texts. `apart`: columns that have their values from elsewhere. `ahead`:
  /// may be null.
  std::map<Number, List> choose(const Table&, const TableAhead* ahead, const std::set<Number>& apart);

 private:
  Pool pool(const Table&, const Number&);
  Pool pool_for_both(const Table&, const Number&, const ColumnAhead&);
  void match(const Table&, const std::vector<Check>&, std::map<Number, List>&);
  List passing(const List& texts, const List& types, const Column&, const List& checks);

  postgres::Connection& connection_;
  Attempt& attempt_;
  TypeValues types_;
};

}  // namespace quoin::rows
