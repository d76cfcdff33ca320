// Everything quoin knows about grants: what a role may do with an object, where that is not what a new object allows.
#include "kinds/constraint.h"
#include "kinds/list.h"
#include "kinds/reading.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> privileges{*this, "privileges", "what the role may do; none: what a new object allows is taken away"};
} fields;
constexpr std::string_view parents[] = {"schema",   "table",     "column", "view",   "materialized view", "sequence",
                                        "function", "procedure", "enum",   "domain", "composite type"};
constexpr std::string_view grantable = " with grant option";
constexpr std::string_view everybody = "public";  // no role may have this name

Text grantee(Id grant) { return grant->name == everybody ? Text("PUBLIC") : quote_ident(grant->name); }

// What everybody may do with a new object of the kind: acldefault() in acl.c.
List allowed_to_everybody(Id object) {
  const std::string_view noun = object->kind->noun;
  if (noun == "FUNCTION" || noun == "PROCEDURE") return {"execute"};
  if (noun == "TYPE" || noun == "DOMAIN") return {"usage"};
  return in_template(object) ? List{"usage"} : List();
}
List allowed_at_first(Id grant) { return grant->name == everybody ? allowed_to_everybody(grant->parent) : List(); }

Text on_what(Id object) {
  if (object->kind->naming == Naming::column) return concat("TABLE ", qualified(object->parent));
  if (object->kind->noun.ends_with("VIEW")) return concat("TABLE ", address(object));
  return object->kind->noun == "DOMAIN" ? concat("TYPE ", address(object)) : address_with_noun(object);
}

// The words of GRANT; of a column each names it.
Text spelled(std::span<const Text> privileges, Id object) {
  List words;
  for (const Text& privilege : privileges) {
    Text word = privilege.ends_with(grantable) ? privilege.substr(0, privilege.size() - grantable.size()) : privilege;
    for (char& c : word) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    if (object->kind->naming == Naming::column) word += concat(" (", quote_ident(object->name), ")");
    words.push_back(std::move(word));
  }
  return join(words, ", ");
}

List without(std::span<const Text> all, std::span<const Text> taken) {
  List rest;
  for (const Text& one : all)
    if (!std::ranges::count(taken, one)) rest.push_back(one);
  return rest;
}

// The statements that lead from one set of privileges to another. A grant option goes with its privilege, so it is
// revoked whole and granted plain again where only the option goes.
List statements(Id grant, std::span<const Text> from, std::span<const Text> to) {
  const Id object = grant->parent;
  List all, granted, granted_with_option;
  const List revoked = without(from, to);
  if (!revoked.empty())
    all.push_back(concat("REVOKE ", spelled(revoked, object), " ON ", on_what(object), " FROM ", grantee(grant)));
  for (const Text& privilege : without(to, from))
    (privilege.ends_with(grantable) ? granted_with_option : granted).push_back(privilege);
  const Text target = concat(" ON ", on_what(object), " TO ", grantee(grant));
  if (!granted.empty()) all.push_back(concat("GRANT ", spelled(granted, object), target));
  if (!granted_with_option.empty())
    all.push_back(concat("GRANT ", spelled(granted_with_option, object), target, " WITH GRANT OPTION"));
  return all;
}

Steps create(const Object& grant) {
  Steps steps;
  for (Text& sql : statements(grant.id, allowed_at_first(grant.id), grant[fields.privileges]))
    steps.push_back(making(grant, std::move(sql)));
  return steps;
}

Text drop(const Object& grant) {
  return join(statements(grant.id, grant[fields.privileges], allowed_at_first(grant.id)), ";\n");
}

Change change(const Delta& delta, const Users&) {
  Steps steps;
  for (Text& sql : statements(delta.id, (*delta.from)[fields.privileges], (*delta.to)[fields.privileges]))
    steps.push_back(in_place(delta, std::move(sql)));
  return steps;
}

Follow follow(const Object&, const Object&) { return Unaffected{}; }

// Every access list that is not null, beside what a new object would have (initdb's own lists included), by grantee.
Text catalog(int) {
  return concat(R"(
with lists as (
  select 1259 as class, c.oid, 0 as sub, c.relacl as acl,
    pg_catalog.acldefault(case c.relkind when 'S' then 's'::"char" else 'r'::"char" end, c.relowner) as initial
  from pg_catalog.pg_class c where c.relacl is not null and (c.relkind in ('v', 'm', 'S') or )",
                users_table("c"), R"()
  union all
  select 1259, a.attrelid, a.attnum, a.attacl, null::aclitem[]
  from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
  where a.attacl is not null and not a.attisdropped and )",
                users_table("c"), R"(
  union all
  select 2615, n.oid, 0, n.nspacl, case n.nspname when 'public' then
      (select i.initprivs from pg_catalog.pg_init_privs i where i.objoid = n.oid and i.classoid = 2615)
    else pg_catalog.acldefault('n', n.nspowner) end
  from pg_catalog.pg_namespace n where n.nspacl is not null
  union all
  select 1255, p.oid, 0, p.proacl, pg_catalog.acldefault('f', p.proowner)
  from pg_catalog.pg_proc p where p.proacl is not null and p.oid >= 16384
  union all
  select 1247, t.oid, 0, t.typacl, pg_catalog.acldefault('T', t.typowner)
  from pg_catalog.pg_type t where t.typacl is not null and t.oid >= 16384
), words as (
  select l.class, l.oid, l.sub, e.grantee, s.side,
    pg_catalog.array_agg(pg_catalog.lower(e.privilege_type) || case when e.is_grantable then ' with grant option' else '' end
      order by e.privilege_type) as privileges
  from lists l
  cross join lateral (values ('now', l.acl), ('initial', l.initial)) s (side, acl)
  cross join lateral pg_catalog.aclexplode(s.acl) e
  group by 1, 2, 3, 4, 5
)
select 0 as class, 0 as oid, 0 as sub, k.class as parent_class, k.oid as parent_oid, k.sub as parent_sub,
  case k.grantee when 0 then 'public' else pg_catalog.pg_get_userbyid(k.grantee) end as name,
  w.privileges as privileges
from (select distinct class, oid, sub, grantee from words) k
left join words w on w.class = k.class and w.oid = k.oid and w.sub = k.sub and w.grantee = k.grantee and w.side = 'now'
left join words i on i.class = k.class and i.oid = k.oid and i.sub = k.sub and i.grantee = k.grantee and i.side = 'initial'
where w.privileges is distinct from i.privileges)");
}
// The privileges that ALL means for an object: acl.h's ACL_ALL_RIGHTS_…, but MAINTAIN, which only 17 and later have.
List all_privileges(Id object) {
  const std::string_view noun = object->kind->noun;
  if (noun == "SCHEMA") return {"create", "usage"};
  if (noun == "SEQUENCE") return {"select", "update", "usage"};
  if (noun == "FUNCTION" || noun == "PROCEDURE") return {"execute"};
  if (noun == "TYPE" || noun == "DOMAIN") return {"usage"};
  if (object->kind->naming == Naming::column) return {"insert", "references", "select", "update"};
  return {"delete", "insert", "references", "select", "trigger", "truncate", "update"};
}

// What one GRANT or REVOKE says of one object and one role.
struct Said {
  ast::Node statement;
  Id object;
  List privileges;  // none: all
  Text role;
};

List after(const Said& said, List now) {
  const bool grants = said.statement["is_grant"].flag(), option = said.statement["grant_option"].flag();
  for (const Text& privilege : said.privileges.empty() ? all_privileges(said.object) : said.privileges) {
    const Text with_option = concat(privilege, grantable);
    const bool had_option = std::erase(now, with_option) != 0;
    std::erase(now, privilege);
    if (grants) now.push_back(option || had_option ? with_option : privilege);
    if (!grants && option && had_option) now.push_back(privilege);
  }
  std::ranges::sort(now);
  return now;
}

void apply(const Said& said, Reading& reading) {
  Schema& schema = reading.schema();
  const Id id = schema.ids().of(grant_kind, said.object, said.role);
  const Object* old = schema.find(id);
  const List initial = allowed_at_first(id);
  const auto before = old ? (*old)[fields.privileges] : std::span<const Text>(initial);
  List now = after(said, List(before.begin(), before.end()));
  if (now == initial) return schema.remove(id);
  Object* grant = old ? reading.change(id) : reading.make(grant_kind, said.object, said.role);
  if (grant) grant->put(fields.privileges, std::move(now));
}

void apply_to_roles(ast::Node statement, Id object, ast::Node privilege, Reading& reading) {
  List words;
  if (privilege.has("priv_name")) words.push_back(lower(privilege["priv_name"].text()));
  for (ast::Node role : statement["grantees"]) {
    const std::string_view type = role["roletype"].text();
    const Text name = type == "ROLESPEC_PUBLIC" ? Text(everybody) : Text(role["rolename"].text());
    if (name.empty()) {
      reading.unknown(object, "a grant to the session's own role");
      continue;
    }
    if (privilege["cols"].size() == 0) apply({statement, object, words, name}, reading);
    for (ast::Node column : privilege["cols"]) {
      const Id id = reading.schema().ids().of(column_kind, object, Text(column.text()));
      if (reading.schema().find(id)) apply({statement, id, words, name}, reading);
    }
  }
}

// What lies outside of schemas (databases, languages, servers…) has grants of its own, which are not this model's.
bool is_outside(std::string_view object_type) {
  return object_type == "OBJECT_DATABASE" || object_type == "OBJECT_LANGUAGE" || object_type == "OBJECT_TABLESPACE" ||
         object_type == "OBJECT_FDW" || object_type == "OBJECT_FOREIGN_SERVER" || object_type == "OBJECT_LARGEOBJECT" ||
         object_type == "OBJECT_PARAMETER_ACL";
}

// ON ALL TABLES means views too, ON ALL ROUTINES both sorts of them.
bool is_of_type(const Kind& kind, std::string_view object_type) {
  if (object_type == "OBJECT_TABLE")
    return &kind == &table_kind || &kind == &view_kind || &kind == &materialized_view_kind;
  if (object_type == "OBJECT_ROUTINE") return &kind == &function_kind || &kind == &procedure_kind;
  return kind.object_type == object_type;
}

void apply_privileges(ast::Node statement, Id id, Reading& reading) {
  if (statement["privileges"].size() == 0) apply_to_roles(statement, id, ast::Node(), reading);
  for (ast::Node privilege : statement["privileges"]) apply_to_roles(statement, id, privilege, reading);
}

void read_grant(ast::Node statement, Reading& reading) {
  const std::string_view type = statement["objtype"].text(), target = statement["targtype"].text();
  if (is_outside(type)) return;
  const bool all_in_schema = target == "ACL_TARGET_ALL_IN_SCHEMA";
  if (!target.empty() && target != "ACL_TARGET_OBJECT" && !all_in_schema)
    return reading.unknown(Id(), "GRANT and REVOKE of this form");
  for (ast::Node object : statement["objects"]) {
    const Id id = reading.find_object(all_in_schema ? "OBJECT_SCHEMA" : type, object);
    if (!id || id->kind->has(opaque)) continue;
    if (id->kind == &extension_kind) {
      reading.unknown(Id(), "GRANT and REVOKE on what an extension brought");
    } else if (!all_in_schema) {
      apply_privileges(statement, id, reading);
    } else {
      for (const Object* child : reading.schema().children(id))
        if (is_of_type(*child->id->kind, type)) apply_privileges(statement, child->id, reading);
    }
  }
}

constexpr Reader readers[] = {{"GrantStmt", "", read_grant}};
}  // namespace

constexpr Kind grant_kind{.name = "grant",
                          .key = "grants",
                          .weight = 240,
                          .fields = fields,
                          .traits = replaceable | dropped_with_parent,
                          .naming = Naming::member,
                          .parents = parents,
                          .create = create,
                          .drop = drop,
                          .change = change,
                          .follow = follow,
                          .catalog = catalog,
                          .readers = readers};
}  // namespace quoin
