// The definitions of the routines that a run's statements call.
#pragma once
#include <map>
#include <set>

#include "core/postgres/postgres.h"
#include "core/sql/ast.h"

namespace quoin::runner {

class CalledRoutines {
 public:
  explicit CalledRoutines(postgres::Connection& connection) : connection_(&connection) {}

  /// Remembers a routine that the run itself makes; any other statement is passed over.
  void read(ast::Node statement, std::string_view sql);
  /// CREATE statements of the routines of a name, qualified or not, in SQL or PL/pgSQL: as the run has created them so
  /// far, else as the database has them (pg_get_functiondef). Each statement is given once, so that routines which call
  /// each other come to an end.
  List definitions(const List& name);

 private:
  postgres::Connection* connection_;  // so that what is known can be copied
  std::map<Text, List> made_;         // by bare name
  std::set<Text> given_;
  std::set<List> asked_;

  List ask(const List& name);
};

}  // namespace quoin::runner
