#include "kinds/operator/members.h"

#include "core/model/name.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/operator/operator.h"

namespace quoin {
namespace {
constexpr int is_operator = 1;  // in CreateOpClassItem; 2: a function

Text types_in(std::span<const ast::Node> types, Reading* reading) {
  List all;
  for (const ast::Node type : types)
    all.push_back(!type.has("names") ? Text("NONE") : reading ? reading->type(type) : ast::print_type(type));
  return concat("(", join(all, ", "), ")");
}

/// What a name means: where it says no schema, the one of the user's that has it, else the server's.
Text schema_for(ast::Node names, const Slot& own, Reading& reading) {
  const List parts = names.texts();
  if (parts.size() > 1) return parts[parts.size() - 2];
  const Id schema = reading.creation_schema(names);
  const Id there = schema ? reading.schema().holder({own.space, schema, parts.back(), own.signature}) : Id();
  return there ? Text(schema->name) : Text("pg_catalog");
}

Text family_name(ast::Node names, std::string_view method, Reading& reading) {
  if (names.size() == 0) return {};
  const Slot slot{space::operator_family, {}, {}, concat("(", method, ")")};
  return quote_qualified(schema_for(names, slot, reading), names.texts().back());
}

/// One type stands for both sides.
Text twice(std::span<const ast::Node> types, Reading* reading) {
  const std::vector<ast::Node> both(2, types.front());
  return types_in(types.size() == 1 ? std::span<const ast::Node>(both) : types, reading);
}

/// As assignProcTypes() in opclasscmds.c: what sorts and hashes is for what it takes.
Text slot_of_function(ast::Node item, std::string_view method, Reading* reading) {
  const auto types = item["name"]["objargs"].items();
  const bool is_first = item["number"].number() == 1;
  if (is_first && method == "btree" && types.size() == 2) return types_in(types, reading);
  if (is_first && method == "hash" && types.size() == 1) return twice(types, reading);
  return {};
}

ast::Node only_item(const ast::Tree& tree) {
  const ast::Node items = tree.statements().at(0).node["items"];
  return items.items()[0];
}
ast::Tree parsed(std::string_view member) {
  return ast::Tree::parse(concat("ALTER OPERATOR FAMILY f USING m ADD ", member));
}

void need_operator(Object& o, ast::Node name, const Schema& schema) {
  const List parts = name["objname"].texts();
  if (parts.size() != 2) return;
  const Text signature = types_in(name["objargs"].items(), nullptr);
  if (const Id there = operator_named(operator_text(parts[0], parts[1]), signature, schema)) o.need(there);
}
}  // namespace

Text family_member(ast::Node item, const MemberOf& of, Reading& reading) {
  const ast::Node name = item["name"];
  const Text number = std::to_string(item["number"].number()), own = concat("(", of.type, ", ", of.type, ")");
  const Text types = name["objargs"].size() == 0 && item["itemtype"].number() == is_operator
                         ? own
                         : types_in(name["objargs"].items(), &reading);
  if (item["itemtype"].number() == is_operator) {
    const Text schema = schema_for(name["objname"], {space::operator_, {}, {}, types}, reading);
    const Text order = family_name(item["order_family"], "btree", reading);
    return concat("OPERATOR ", number, " ", quote_ident(schema), ".", name["objname"].texts().back(), " ", types,
                  order.empty() ? Text() : " FOR ORDER BY " + order);
  }
  const Text schema = schema_for(name["objname"], {space::routine, {}, {}, types}, reading);
  const ast::Node given = item["class_args"];
  const Text implied = slot_of_function(item, of.method, &reading);
  const Text slot = given.size() == 0 ? (implied.empty() ? own : implied) : twice(given.items(), &reading);
  return concat("FUNCTION ", number, " ", slot, " ", quote_qualified(schema, name["objname"].texts().back()), types);
}

namespace {
/// The types that a member is for.
ast::Node slot_types(ast::Node item) {
  return item["itemtype"].number() == is_operator ? item["name"]["objargs"] : item["class_args"];
}

Text slot_text(ast::Node item, std::string_view types) {
  return concat(item["itemtype"].number() == is_operator ? "OPERATOR " : "FUNCTION ",
                std::to_string(item["number"].number()), " ", types);
}
}  // namespace

Text member_slot(std::string_view member) {
  const ast::Tree tree = parsed(member);
  const ast::Node item = only_item(tree);
  return slot_text(item, types_in(slot_types(item).items(), nullptr));
}

Text slot_of_dropped(ast::Node item) { return slot_text(item, twice(item["class_args"].items(), nullptr)); }

void need_members(Object& o, std::span<const Text> members, const Schema& schema) {
  for (const Text& member : members) {
    const ast::Tree tree = parsed(member);
    const ast::Node item = only_item(tree), name = item["name"];
    if (item["itemtype"].number() == is_operator) {
      need_operator(o, name, schema);
    } else if (const Id function = routine_taking(ast::print_name(name["objname"]),
                                                  types_in(name["objargs"].items(), nullptr), schema)) {
      o.need(function);
    }
  }
}

bool stays_with_class(std::string_view member, const MemberOf& of) {
  const ast::Tree tree = parsed(member);
  const ast::Node item = only_item(tree);
  const bool operates = item["itemtype"].number() == is_operator;
  const std::int64_t number = item["number"].number();
  const ast::Node types = slot_types(item);
  const std::string_view method = of.method;
  const bool of_one_type = types_in(types.items(), nullptr) == concat("(", of.type, ", ", of.type, ")");
  if (method == "btree" || method == "hash") return of_one_type && (operates || number == 1);
  if (method == "gist") return !operates && (number <= 2 || (number >= 5 && number <= 7));
  if (method == "gin") return !operates && (number == 2 || number == 3);
  if (method == "spgist") return !operates && number <= 5;
  return true;
}

namespace {
Text hanging_on(const MemberQuery& query, std::string_view member_catalog, std::string_view oid) {
  return concat("exists (select from pg_catalog.pg_depend d where d.classid = ", member_catalog, " and d.objid = ", oid,
                " and d.refclassid = ", query.catalog, " and d.refobjid = ", query.oid, " and d.deptype = '",
                query.deptype, "')");
}
}  // namespace

Text members_of(const MemberQuery& query) {
  return concat(R"((select pg_catalog.array_agg(m.member order by m.member) from (
    select pg_catalog.format('OPERATOR %s %I.%s (%s, %s)', a.amopstrategy, n.nspname, o.oprname,
        case o.oprleft when 0 then 'NONE' else pg_catalog.format_type(o.oprleft, null) end,
        pg_catalog.format_type(o.oprright, null))
      || coalesce((select pg_catalog.format(' FOR ORDER BY %I.%I', fn.nspname, f.opfname) from pg_catalog.pg_opfamily f
        join pg_catalog.pg_namespace fn on fn.oid = f.opfnamespace where f.oid = a.amopsortfamily), '')
    from pg_catalog.pg_amop a join pg_catalog.pg_operator o on o.oid = a.amopopr
    join pg_catalog.pg_namespace n on n.oid = o.oprnamespace where )",
                hanging_on(query, "2602", "a.oid"), R"(
    union all select pg_catalog.format('FUNCTION %s (%s, %s) %I.%I(%s)', a.amprocnum,
      pg_catalog.format_type(a.amproclefttype, null), pg_catalog.format_type(a.amprocrighttype, null),
      n.nspname, p.proname, (select pg_catalog.string_agg(pg_catalog.format_type(t.type, null), ', ' order by t.number)
        from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality t(type, number)))
    from pg_catalog.pg_amproc a join pg_catalog.pg_proc p on p.oid = a.amproc
    join pg_catalog.pg_namespace n on n.oid = p.pronamespace where )",
                hanging_on(query, "2603", "a.oid"), ") m(member))");
}

Text member_addresses(const MemberQuery& query) {
  return concat("array(select '2602:' || a.oid || ':0' from pg_catalog.pg_amop a where ",
                hanging_on(query, "2602", "a.oid"),
                " union all select '2603:' || a.oid || ':0' from pg_catalog.pg_amproc a where ",
                hanging_on(query, "2603", "a.oid"), ")");
}

}  // namespace quoin
