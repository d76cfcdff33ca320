#include "runner/called_routines.h"

namespace quoin::runner {

void CalledRoutines::read(ast::Node statement, std::string_view sql) {
  if (!statement.is("CreateFunctionStmt")) return;
  if (const List names = statement["funcname"].texts(); !names.empty()) made_[names.back()].emplace_back(sql);
}

List CalledRoutines::definitions(const List& name) {
  if (name.empty()) return {};
  const auto made = made_.find(name.back());
  List found = made != made_.end() ? made->second : ask(name);
  std::erase_if(found, [&](const Text& sql) { return !given_.insert(sql).second; });
  return found;
}

List CalledRoutines::ask(const List& name) {
  if (!asked_.insert(name).second) return {};
  const auto rows = connection_->query(
      "SELECT pg_catalog.pg_get_functiondef(p.oid) FROM pg_catalog.pg_proc p"
      " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace"
      " JOIN pg_catalog.pg_language l ON l.oid OPERATOR(pg_catalog.=) p.prolang"
      " WHERE p.proname::pg_catalog.text OPERATOR(pg_catalog.=) $1"
      " AND (n.nspname::pg_catalog.text OPERATOR(pg_catalog.=) $2 OR $2 OPERATOR(pg_catalog.=) '')"
      " AND n.nspname::pg_catalog.text OPERATOR(pg_catalog.<>) ALL (ARRAY['pg_catalog', 'information_schema'])"
      " AND l.lanname::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['sql', 'plpgsql'])"
      " AND p.prokind::pg_catalog.text OPERATOR(pg_catalog.=) ANY (ARRAY['f', 'p'])"
      " ORDER BY p.oid",
      std::vector<postgres::Parameter>{name.back(), name.size() > 1 ? name[name.size() - 2] : Text()});
  List found;
  for (std::size_t row = 0; row < rows.rows(); ++row) found.emplace_back(rows.text(row, 0));
  return found;
}

}  // namespace quoin::runner
