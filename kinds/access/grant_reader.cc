// GRANT and REVOKE, replayed.
#include "core/model/member.h"
#include "kinds/access/carried.h"
#include "kinds/access/grant.h"
#include "kinds/column/numbering.h"
#include "kinds/table/table_fields.h"

namespace quoin {
namespace {
// What one GRANT or REVOKE says of one object and one role.
struct GrantOrRevoke {
  ast::Node statement;
  Id object;
  List privileges;  // none: all
  Text role;
};

List after(const GrantOrRevoke& change, List now, int major) {
  const List all = all_privileges(*change.object->kind, major);
  for (const Text& privilege : change.privileges.empty() ? all : change.privileges)
    change_privilege(now, privilege, PrivilegeChange(change.statement));
  std::ranges::sort(now);
  return now;
}

// What may be done with an identity's sequence, which is no object, is carried as the catalog query of identities has
// it: a line a privilege and role, in order.
void apply_to_sequence(const GrantOrRevoke& change, Object& identity) {
  List lines = split_carried(identity, sequence_grants);
  const List all = all_privileges(sequence_kind, 0);
  for (const Text& privilege : change.privileges.empty() ? all : change.privileges) {
    const Text line = concat("GRANT ", upper(privilege), " ON SEQUENCE ", sequence_of_identity(identity), " TO ",
                             grantee(change.role));
    const Text with_option = line + upper(grantable);
    List now;
    if (std::erase(lines, line) > 0) now.push_back(privilege);
    if (std::erase(lines, with_option) > 0) now.push_back(privilege + Text(grantable));
    change_privilege(now, privilege, PrivilegeChange(change.statement));
    for (const Text& one : now) lines.push_back(one.ends_with(grantable) ? with_option : line);
  }
  std::ranges::sort(lines);
  put_carried(identity, sequence_grants, join(lines, ";\n"));
}

void apply(const GrantOrRevoke& change, Reading& reading) {
  if (change.object->kind == &identity_kind) {
    if (Object* identity = reading.change(change.object)) apply_to_sequence(change, *identity);
    return;
  }
  Schema& schema = reading.schema();
  const Id id = schema.ids().of(grant_kind, change.object, change.role);
  const Object* old = schema.find(id);
  const List initial = allowed_at_first(change.object, change.role, schema);
  const auto before = old ? (*old)[grant_fields.privileges] : std::span<const Text>(initial);
  List now = after(change, List(before.begin(), before.end()), schema.major);
  if (now == initial) return schema.remove(id);
  Object* grant = old ? reading.change(id) : reading.make(grant_kind, change.object, change.role);
  if (grant) grant->put(grant_fields.privileges, std::move(now));
}

// REVOKE on a table takes the same from its columns.
void apply_to_columns(const GrantOrRevoke& change, Reading& reading) {
  if (change.statement["is_grant"].flag() || !is_table(*change.object->kind)) return;
  for (const Object* child : reading.schema().children(change.object))
    if (child->id->kind == &column_kind &&
        reading.schema().find(reading.schema().ids().of(grant_kind, child->id, change.role)))
      apply({change.statement, child->id, change.privileges, change.role}, reading);
}

/// Of a column that is no object.
void say_where_missing(Id relation, ast::Node column, Reading& reading) {
  const ast::Tree tree;
  const ast::Node parts[] = {tree.make_text("String", relation->parent->name), tree.make_text("String", relation->name),
                             column};
  reading.find_object("OBJECT_COLUMN", tree.make_list(parts));
}

void apply_to_roles(ast::Node statement, Id object, ast::Node privilege, Reading& reading) {
  List words;
  if (privilege.has("priv_name")) words.push_back(lower(privilege["priv_name"].text()));
  for (ast::Node role : statement["grantees"]) {
    const Text name = role_of_grant(role);
    if (privilege["cols"].size() == 0) {
      apply({statement, object, words, name}, reading);
      apply_to_columns({statement, object, words, name}, reading);
    }
    for (ast::Node column : privilege["cols"]) {
      const Id id = reading.schema().ids().of(column_kind, object, Text(column.text()));
      if (reading.schema().find(id)) {
        apply({statement, id, words, name}, reading);
      } else if (is_table(*object->kind) && !is_system_column(id->name)) {
        reading.change(id);  // which says that it is missing
      } else if (!is_table(*object->kind)) {
        say_where_missing(object, column, reading);
        reading.unknown(object, concat("what may be done with columns of ", path(object), " is not followed yet"));
      }
    }
  }
}

// What belongs to the database or the whole server has grants of its own, which are not this model's.
bool is_outside(std::string_view object_type) {
  return object_type == "OBJECT_DATABASE" || object_type == "OBJECT_TABLESPACE" ||
         object_type == "OBJECT_LARGEOBJECT" || object_type == "OBJECT_PARAMETER_ACL";
}

/// True of a foreign data wrapper or a language that an extension has brought, or the server.
bool is_brought(std::string_view object_type, ast::Node object, const Schema& schema) {
  const Kind* kind = object_type == "OBJECT_FDW"        ? &foreign_data_wrapper_kind
                     : object_type == "OBJECT_LANGUAGE" ? &language_kind
                                                        : nullptr;
  return kind && !schema.find(schema.ids().find(*kind, Id(), Text(object.text())));
}

// ON ALL TABLES means views too, ON ALL ROUTINES all sorts of them.
bool is_of_type(const Kind& kind, std::string_view object_type) {
  if (!kind.rights) return false;
  if (object_type == "OBJECT_ROUTINE") return kind.rights->sort == &sort_of_functions;
  return object_type == concat("OBJECT_", kind.rights->granted_on);
}

/// The sequences of identity columns are sequences too.
std::vector<Id> identities_in(Id schema, const Schema& all) {
  std::vector<Id> found;
  for (const Object* object : all.objects())
    if (object->id->kind == &identity_kind && schema_of(object->id) == schema) found.push_back(object->id);
  return found;
}

void apply_privileges(ast::Node statement, Id id, Reading& reading) {
  if (statement["privileges"].size() == 0) apply_to_roles(statement, id, ast::Node(), reading);
  for (ast::Node privilege : statement["privileges"]) apply_to_roles(statement, id, privilege, reading);
}

}  // namespace

void read_grant(ast::Node statement, Reading& reading) {
  const std::string_view type = statement["objtype"].text(), target = statement["targtype"].text();
  if (is_outside(type)) return;
  const bool all_in_schema = target == "ACL_TARGET_ALL_IN_SCHEMA";
  if (!target.empty() && target != "ACL_TARGET_OBJECT" && !all_in_schema)
    return reading.unknown(Id(), "GRANT and REVOKE of this form");
  for (ast::Node object : statement["objects"]) {
    if (is_brought(type, object, reading.schema())) {
      reading.unknown(Id(), concat("GRANT and REVOKE on ", object.text(), ", which an extension or initdb brought"));
      continue;
    }
    const Id id = find_with_identities(all_in_schema ? "OBJECT_SCHEMA" : type, object, reading);
    if (!id || id->kind->has(opaque)) continue;
    if (id->kind == &extension_kind) {
      reading.unknown(Id(), "GRANT and REVOKE on what an extension brought");
    } else if (!all_in_schema) {
      apply_privileges(statement, id, reading);
    } else {
      for (const Object* child : reading.schema().children(id))
        if (is_of_type(*child->id->kind, type)) apply_privileges(statement, child->id, reading);
      if (type != "OBJECT_SEQUENCE") continue;
      for (const Id identity : identities_in(id, reading.schema())) apply_privileges(statement, identity, reading);
    }
  }
}

}  // namespace quoin
