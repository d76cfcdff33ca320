#include "kinds/locks.h"

#include <algorithm>

#include "kinds/list.h"

namespace quoin {
namespace {

Lock strongest(std::string_view tag, std::string_view subtype) {
  Lock lock = Lock::none;
  for (const Kind* kind : all_kinds())
    for (const StatementReader& reader : kind->reading.readers)
      if (reader.tag == tag && reader.subtype == subtype) lock = std::max(lock, reader.lock);
  return lock;
}

Lock of_command(ast::Node command) {
  const std::string_view subtype = command["subtype"].text();
  if (subtype == "AT_AddConstraint") {
    const Lock lock = strongest("Constraint", command["def"]["contype"].text());
    return lock == Lock::none ? Lock::access_exclusive : lock;
  }
  if (subtype.starts_with("AT_DetachPartition") && command["def"]["concurrent"].flag())
    return Lock::share_update_exclusive;
  const Lock lock = strongest("AlterTableCmd", subtype);
  return lock == Lock::none ? Lock::access_exclusive : lock;
}

/// True of what a word of libpg_query's for a type of object means a relation, or what lies in one.
bool is_in_relation(std::string_view object_type) {
  static constexpr std::string_view inside[] = {"OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"};
  if (std::ranges::count(inside, object_type) > 0) return true;
  return std::ranges::any_of(all_kinds(), [&](const Kind* kind) {
    if (kind->object_type != object_type) return false;
    return kind->space == space::relation || kind->has(dropped_with_parent);
  });
}

}  // namespace

Lock lock_of(ast::Node statement) {
  const std::string_view tag = statement.tag();
  if (tag == "AlterTableStmt") {
    Lock lock = Lock::none;
    for (ast::Node command : statement["cmds"]) lock = std::max(lock, of_command(command));
    return lock;
  }
  const bool is_concurrent = statement["concurrent"].flag();
  if (tag == "DropStmt" || tag == "RenameStmt" || tag == "AlterObjectSchemaStmt") {
    const std::string_view type = statement[tag == "DropStmt"     ? "removeType"
                                            : tag == "RenameStmt" ? "renameType"
                                                                  : "objectType"]
                                      .text();
    if (!is_in_relation(type)) return Lock::none;
    return is_concurrent ? Lock::share_update_exclusive : Lock::access_exclusive;
  }
  if (tag == "TruncateStmt") return Lock::access_exclusive;
  if (tag == "InsertStmt" || tag == "UpdateStmt" || tag == "DeleteStmt" || tag == "MergeStmt")
    return Lock::row_exclusive;
  if (tag == "CommentStmt") return is_in_relation(statement["objtype"].text()) ? strongest(tag, "") : Lock::none;
  const Lock lock = strongest(tag, "");
  if (!is_concurrent) return lock;
  return lock == Lock::access_exclusive ? Lock::exclusive : Lock::share_update_exclusive;  // REFRESH; CREATE INDEX
}

}  // namespace quoin
