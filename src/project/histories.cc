#include "project/histories.h"

#include <algorithm>

#include "core/model/kind.h"
#include "kinds/database/template.h"
#include "project/scope.h"
#include "runner/ledger.h"
#include "runner/tool_ledger.h"

namespace quoin {
namespace {
/// The relation of a schema that it is, lies in, or goes with; null: it is or lies in none.
Id relation_above(const Object& object, const Schema& schema) {
  const Id host = dropped_with(object);
  for (Id id = object.id; id && id->parent; id = id->parent)
    if (!id->parent->parent) {
      if (host && host != id && schema.find(host)) return relation_above(*schema.find(host), schema);
      return id;
    }
  return {};
}

/// With their schemas, where nothing else lies there.
template <class IsOne>
std::unordered_set<Id> with_all_below(const Schema& schema, IsOne is_one) {
  std::unordered_set<Id> gone, homes;
  schema.each([&](const Object& object) {
    const Id relation = relation_above(object, schema);
    if (!relation || !is_one(relation)) return;
    gone.insert(object.id);
    homes.insert(relation->parent);
  });
  for (const Id home : homes) {
    const bool is_shared = in_template(home) || schema.any_child(home, [&](const Object& child) {
      return (child.id->kind->has_name() || child.id->kind->has(opaque)) && !gone.contains(child.id);
    });
    if (is_shared) continue;
    schema.each([&](const Object& object) {
      if (object.id == home || object.id->parent == home) gone.insert(object.id);
    });
  }
  return gone;
}
}  // namespace

void leave_out_ledger(Schema& schema, const Settings& settings) {
  const List tables = runner::Ledger(settings.config.ledger).tables();
  for (const Id id :
       with_all_below(schema, [&](Id relation) { return std::ranges::count(tables, qualified(relation)); }))
    schema.remove(id);
}

void find_histories(postgres::Connection& connection, Schema& schema, const Settings& settings) {
  for (const runner::ToolLedger& one : tool_ledgers(connection, runner::Ledger(settings.config.ledger))) {
    if (!one.tool) continue;
    schema.histories.emplace(one.table, one.tool->name);
    List beside = split(one.tool->more, ' ');
    for (const char* table : {one.tool->lock.table, one.tool->beside})
      if (table) beside.emplace_back(table);
    for (const Text& table : beside)
      if (!table.empty()) schema.histories.emplace(quote_qualified(one.schema, table), one.tool->name);
  }
}

void leave_out_histories(Schema& schema, const Schema& other, const Settings& settings) {
  if (schema.histories.empty()) return;
  std::map<Text, List> left;  // tables by tool
  const auto is_one = [&](Id relation) {
    const auto found = schema.histories.find(qualified(relation));
    if (found == schema.histories.end() || other.find(relation)) return false;
    if (is_included_by_name(relation, settings)) return false;
    if (List& tables = left[found->second]; std::ranges::count(tables, found->first) == 0)
      tables.push_back(found->first);
    return true;
  };
  for (const Id id : with_all_below(schema, is_one)) schema.remove(id);
  for (auto& [tool, tables] : left) {
    std::ranges::sort(tables);
    schema.notes.push_back(concat(join(tables, ", "), tables.size() == 1 ? " is" : " are", " left alone: ", tool,
                                  " keeps there which migrations it has run"));
  }
}

}  // namespace quoin
