#include "project/resetting.h"

#include "core/model/kind.h"
#include "project/pattern.h"
#include "project/protection.h"
#include "project/scope.h"
#include "project/source.h"
#include "runner/emptying.h"

namespace quoin {

namespace {
/// The object as the server calls it in pg_identify_object(), in SQL: it alone knows how it writes types.
Text identity_sql(Id id) {
  const bool is_operator = id->kind->addressed == &by_operands;
  if (!id->kind->is_overloaded() && !is_operator) return quote_literal(address(id));
  Text name = address(id);
  if (const std::size_t all = name.find("(*)"); all != Text::npos) name.erase(all + 1, 1);
  if (const std::size_t open = name.find(" ("); is_operator && open != Text::npos) name.erase(open, 1);
  return concat("(pg_catalog.pg_identify_object('pg_catalog.", is_operator ? "pg_operator" : "pg_proc",
                "'::pg_catalog.regclass, pg_catalog.", is_operator ? "to_regoperator" : "to_regprocedure", "(",
                quote_literal(name), ")::pg_catalog.oid, 0)).identity");
}

/// What is not managed and stands by itself, as pg_identify_object() calls it.
List kept_in(postgres::Connection& connection, const Settings& settings) {
  List rows, names;
  if (settings.config.manage.objects.empty()) return names;
  Ids ids;
  const Schema schema = read_live(connection, ids, settings);
  for (const auto& [id, rule] : unmanaged_in(schema, settings)) {
    const Id host = dropped_with(*schema.find(id));
    const bool goes_along = host && schema.find(host);
    if (stands_by_itself(id) && !id->kind->has(opaque))
      rows.push_back(concat("(", quote_literal(path(id)), ", ", identity_sql(id), ", ",
                            id->parent && !goes_along ? "true" : "false", ")"));
  }
  if (rows.empty()) return names;
  std::ranges::sort(rows);
  const auto found = connection.execute(
      concat("SELECT k.path, k.identity, k.inside AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE"
             " d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass AND"
             " (pg_catalog.pg_identify_object(d.classid, d.objid, 0)).identity OPERATOR(pg_catalog.=) k.identity)"
             " FROM (VALUES ",
             join(rows, ", "), ") k (path, identity, inside)"));
  for (std::size_t row = 0; row < found.rows(); ++row) {
    if (found.text(row, 2) == "t")  // a name by which nothing is found would keep nothing
      throw Error(Code::refused,
                  concat(found.text(row, 0), " is not managed, and how the server calls it is not known"), {},
                  "nothing was removed; drop what is to go by hand");
    names.push_back(found.text(row, 1));
  }
  return names;
}

std::optional<runner::EmptyingExtent> extent_of(postgres::Connection& connection, const ResetRequest& request,
                                                const Settings& settings) {
  if (request.extent == ResetExtent::history) return std::nullopt;
  return runner::EmptyingExtent{settings.config.managed_schemas, settings.config.assumed_schemas,
                                kept_in(connection, settings)};
}
}  // namespace

ResetPreview preview_reset(const ResetRequest& request, const Settings& settings) {
  postgres::Connection connection = connect(request.url, request.wait, settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(request.wait));
  return {runner::find_contents(connection, ledger, extent_of(connection, request, settings)), connection.database(),
          connection.name()};
}

void reset(const ResetRequest& request, const ResetPreview& shown, const Settings& settings,
           const std::stop_token& stop) {
  LockedLedger work(request.url, request.wait, settings, stop);
  work.ledger.create(work.connection);
  runner::empty(work.session, shown, extent_of(work.connection, request, settings));
}

}  // namespace quoin
