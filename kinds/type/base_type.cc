// Everything quoin knows about base types, and shells of types that nobody has defined yet.
#include "kinds/type/base_type.h"

#include "core/model/reading.h"
#include "core/model/space.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/operator/operator.h"
#include "kinds/routine/routine.h"
#include "kinds/type/type_use.h"
#include "kinds/users.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
constexpr std::string_view shell = "shell";

constexpr struct BaseTypeFields : FieldTable {
  Field<Text> base{*this,
                   "base",
                   "how many bytes a value takes, or variable; shell: only the name is there",
                   {.presence = Presence::filled}};
  Field<Text> input{*this, "input", "reads a value from text", {.role = Role::routine}};
  Field<Text> output{*this, "output", "writes a value as text", {.role = Role::routine}};
  Field<Text> receive{*this, "receive", "reads a value from bytes", {.role = Role::routine}};
  Field<Text> send{*this, "send", "writes a value as bytes", {.role = Role::routine}};
  Field<Text> typmod_in{*this, "typmod_in", "reads its modifiers", {.role = Role::routine}};
  Field<Text> typmod_out{*this, "typmod_out", "writes its modifiers", {.role = Role::routine}};
  Field<Text> analyze{*this, "analyze", "collects statistics of a column", {.role = Role::routine}};
  Field<Text> subscript{*this, "subscript", "what [] does (PostgreSQL 14)", {.role = Role::routine, .since = 14}};
  Field<bool> by_value{*this, "by_value", "is passed by value"};
  Field<Text> alignment{
      *this, "alignment", "char, int2, int4 or double", {.fallback = "int4", .words = "char|int2|int4|double"}};
  Field<Text> storage{*this,
                      "storage",
                      "plain, external, extended or main",
                      {.fallback = "plain", .words = "plain|external|extended|main"}};
  Field<Text> category{*this, "category", "the letter of its category", {.role = Role::text, .fallback = "U"}};
  Field<bool> preferred{*this, "preferred", "is what others of its category are cast to"};
  Field<Text> value{*this, "default", "where a column gives none", {.role = Role::text}};
  Field<Text> element{*this, "element", "the type of its elements", {.role = Role::type}};
  Field<Text> delimiter{
      *this, "delimiter", "stands between values in arrays of it", {.role = Role::text, .fallback = ","}};
  Field<bool> collatable{*this, "collatable", "columns of it may have a collation"};
} fields;
constexpr const Field<Text>* routines[] = {&fields.input,     &fields.output,     &fields.receive, &fields.send,
                                           &fields.typmod_in, &fields.typmod_out, &fields.analyze, &fields.subscript};

constexpr const Field<Text>* alterable[] = {&fields.receive,    &fields.send,    &fields.typmod_in,
                                            &fields.typmod_out, &fields.analyze, &fields.subscript};

bool is_shell(const Object& o) { return o[fields.base] == shell; }

Text definition(const Object& o) {
  List terms;
  for (const Field<Text>* field : routines)
    if (o.has(*field)) terms.push_back(concat(upper(field->name), " = ", o[*field]));
  terms.push_back(concat("INTERNALLENGTH = ", upper(o[fields.base])));
  const auto say = [&](bool is_said, auto... words) {
    if (is_said) terms.push_back(concat(words...));
  };
  say(o[fields.by_value], "PASSEDBYVALUE");
  say(o.has(fields.alignment), "ALIGNMENT = ", o[fields.alignment]);
  say(o.has(fields.storage), "STORAGE = ", o[fields.storage]);
  say(o.has(fields.category), "CATEGORY = ", quote_literal(o[fields.category]));
  say(o[fields.preferred], "PREFERRED = true");
  say(o.has(fields.value), "DEFAULT = ", quote_literal(o[fields.value]));
  say(o.has(fields.element), "ELEMENT = ", o[fields.element]);
  say(o.has(fields.delimiter), "DELIMITER = ", quote_literal(o[fields.delimiter]));
  say(o[fields.collatable], "COLLATABLE = true");
  return concat("CREATE TYPE ", qualified(o.id), " (\n    ", join(terms, ",\n    "), "\n)");
}

Steps create(const Object& o) {
  Step name{.sql = concat("CREATE TYPE ", qualified(o.id)), .needs = {o.id->parent}, .frees = {shell_slot(o.id)}};
  if (is_shell(o)) {
    name.makes = {o.id};
    name.takes_names_of = &o;
    return only(std::move(name));
  }
  Steps steps = only(std::move(name));
  steps.push_back(making(o, definition(o)));
  steps.back().takes.push_back(shell_slot(o.id));
  return steps;
}

// Its functions need it, as it needs them, so that only CASCADE drops it; which would go on to what quoin may not see,
// as in a schema that is not managed. So the server is asked first, and its answer is no number where there is any.
Steps drop(const Object& o) {
  const Text drop_type = concat("DROP TYPE ", qualified(o.id));
  if (is_shell(o)) return only(dropping(o, drop_type));
  return only(dropping(o, concat(R"(SELECT ()", quote_literal(concat("more would go with ", qualified(o.id), ": ")),
                                 R"( OPERATOR(pg_catalog.||) pg_catalog.string_agg(
    pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid), ', '))::pg_catalog.int4
FROM (SELECT ty.oid, ty.typarray, ARRAY[ty.typinput, ty.typoutput, ty.typreceive, ty.typsend]::pg_catalog.oid[] AS own
    FROM pg_catalog.pg_type ty WHERE ty.oid OPERATOR(pg_catalog.=) )",
                                 quote_literal(qualified(o.id)), R"(::pg_catalog.regtype) t, pg_catalog.pg_depend d
WHERE (d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray])
      OR d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.refobjid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (t.own))
    AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass
      AND d.objid OPERATOR(pg_catalog.=) ANY (ARRAY[t.oid, t.typarray]));
)",
                                 drop_type, " CASCADE")));
}

/// Back to a shell: its functions go with what it was.
Change undefine(const Delta& delta, const Users& users) {
  Steps steps = drop(*delta.from);
  for (const Id used : delta.from->needs) {
    if (used->kind != &function_kind) continue;
    if (users.to.find(used)) return Cannot{concat(path(used), " would go with what ", path(delta.id), " is")};
    steps.front().drops.push_back(used);
  }
  std::ranges::move(create(*delta.to), std::back_inserter(steps));
  return steps;
}

Change change(const Delta& delta, const Users& users) {
  if (is_shell(*delta.from) && !is_shell(*delta.to)) return only(in_place(delta, definition(*delta.to)));
  if (is_shell(*delta.to)) return undefine(delta, users);
  FieldSet rest = delta.changed;
  List settings;
  for (const Field<Text>* field : alterable) {
    rest.reset(field->ordinal);
    if (delta.touches(*field))
      settings.push_back(
          concat(upper(field->name), " = ", delta.to->has(*field) ? (*delta.to)[*field] : std::string_view("NONE")));
  }
  if (rest.any()) return Cannot{concat("what ", path(delta.id), " is made of cannot change while it is there")};
  return only(in_place(delta, concat("ALTER TYPE ", qualified(delta.id), " SET (", join(settings, ", "), ")")));
}

/// The function of this name that takes what the server gives it; null where that is not known.
Id routine_of(const Object& o, const Field<Text>& field, const Schema& schema) {
  const Text own = concat("(", qualified(o.id), ")");
  const List of_text{"(cstring)", "(cstring, oid, integer)"}, of_bytes{"(internal)", "(internal, oid, integer)"};
  const bool reads = &field == &fields.input, receives = &field == &fields.receive;
  for (const Text& signature : reads ? of_text : receives ? of_bytes : List{own})
    if (const Id found = routine_taking(o[field], signature, schema)) return found;
  return {};
}

void derive(Object& o, Schema& schema) {
  for (const Field<Text>* field : {&fields.input, &fields.output, &fields.receive, &fields.send}) {
    const Id routine = o.has(*field) ? routine_of(o, *field, schema) : Id();
    if (!routine) continue;
    Object& serving = *schema.find(routine);
    serving.put("serves_type", true);
    serving.need(o.id);
    o.need(routine);
    schema.changed(routine);
  }
}

Text routine_columns(int server_version) {
  Text all;
  const auto add = [&](std::string_view column, std::string_view key) {
    all += concat(",\n  case when t.", column, " <> 0 then ", routine_name(concat("t.", column)), " end as ", key);
  };
  add("typinput", "input");
  add("typoutput", "output");
  add("typreceive", "receive");
  add("typsend", "send");
  add("typmodin", "typmod_in");
  add("typmodout", "typmod_out");
  add("typanalyze", "analyze");
  if (server_version >= 140000)
    all += concat(
        ",\n  case when t.typsubscript <> 0 and t.typsubscript <> 'pg_catalog.raw_array_subscript_handler'::regproc "
        "then ",
        routine_name("t.typsubscript"), " end as subscript");
  return all;
}

Text catalog(int server_version) {
  return concat(R"(
select 1247 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.typnamespace as parent_oid, 0 as parent_sub,
  t.typname as name, case when t.typarray <> 0 then array['1247:' || t.typarray || ':0'] end as also,
  case when t.typtype = 'p' then 'shell' when t.typlen = -1 then 'variable' else t.typlen::text end as base,
  t.typtype = 'b' and t.typbyval as by_value,
  case when t.typtype = 'b' then case t.typalign when 'c' then 'char' when 's' then 'int2' when 'd' then 'double'
    end end as alignment,
  case when t.typtype = 'b' then case t.typstorage when 'e' then 'external' when 'x' then 'extended' when 'm' then 'main'
    end end as storage,
  case when t.typtype = 'b' then t.typcategory end as category, t.typispreferred as preferred,
  t.typdefault as "default", case when t.typelem <> 0 then pg_catalog.format_type(t.typelem, null) end as element,
  t.typdelim as delimiter, t.typcollation <> 0 as collatable)",
                routine_columns(server_version),
                owner_column({"TYPE", "pg_catalog.format('%I.%I', n.nspname, t.typname)", "t.typowner"}), R"(
from (select p.* from pg_catalog.pg_type p where p.oid >= 16384 and (p.typtype = 'p' and not p.typisdefined
  or p.typtype = 'b' and not exists (select from pg_catalog.pg_type e where e.typarray = p.oid))) t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace)");
}

// ---- Reading ----

/// How values of the server's own types lie in memory, for LIKE.
struct Layout {
  std::string_view types, bytes;
  bool by_value;
  std::string_view alignment, storage;
};
constexpr Layout layouts[] = {
    {" boolean \"char\" ", "1", true, "char", "plain"},
    {" smallint ", "2", true, "int2", "plain"},
    {" integer real oid date regproc regclass regtype xid cid ", "4", true, "int4", "plain"},
    {" bigint double precision money timestamp without time zone timestamp with time zone time without time zone "
     "pg_lsn ",
     "8", true, "double", "plain"},
    {" text character varying character bytea jsonb json xml path polygon bit varbit tsvector ", "variable", false,
     "int4", "extended"},
    {" numeric inet cidr ", "variable", false, "int4", "main"},
    {" point interval ", "16", false, "double", "plain"},
    {" uuid ", "16", false, "char", "plain"},
    {" box lseg ", "32", false, "double", "plain"},
    {" name ", "64", false, "char", "plain"},
};

void be_like(Object& o, const Text& type, Reading& reading) {
  for (const Object* other : reading.schema().children(o.id->parent))
    if (other->id->kind == &base_type_kind && qualified(other->id) == type)
      for (const FieldBase* field :
           std::initializer_list<const FieldBase*>{&fields.base, &fields.by_value, &fields.alignment, &fields.storage})
        o.put(*field, other->value(*field));
  const Text word = concat(" ", type, " ");
  for (const Layout& layout : layouts) {
    if (layout.types.find(word) == layout.types.npos) continue;
    o.put(fields.base, Text(layout.bytes));
    o.put(fields.by_value, layout.by_value);
    o.put(fields.alignment, Text(layout.alignment));
    o.put(fields.storage, Text(layout.storage));
    return;
  }
}

Text word_of(ast::Node value) {
  if (value.is("Integer")) return std::to_string(value.number());
  if (!value.is("TypeName")) return Text(value.text());
  const Text word = lower(value["names"].items().back().text());
  return word == "float8" ? "double" : word == "bpchar" ? "char" : word;
}

Text length_of(ast::Node value) {
  const Text word = word_of(value);
  return word == "-1" ? "variable" : word;
}

void put(ast::Node definition, Object& o, Reading& reading) {
  for (ast::Node one : definition)
    if (lower(one["defname"].text()) == "like") be_like(o, reading.type(one["arg"]), reading);
  for (ast::Node one : definition) {
    const Text word = lower(one["defname"].text());
    const ast::Node value = one["arg"];
    for (const Field<Text>* field : routines)
      if (field->name == word) o.put(*field, routine_in(value) == "none" ? Text() : routine_in(value));
    if (word == "internallength") o.put(fields.base, length_of(value));
    if (word == "passedbyvalue") o.put(fields.by_value, !value || option_is_on(value));
    if (word == "preferred") o.put(fields.preferred, option_is_on(value));
    if (word == "collatable") o.put(fields.collatable, option_is_on(value));
    if (word == "alignment") o.put(fields.alignment, word_of(value));
    if (word == "storage") o.put(fields.storage, word_of(value));
    if (word == "category") o.put(fields.category, Text(value.text().substr(0, 1)));
    if (word == "delimiter") o.put(fields.delimiter, Text(value.text().substr(0, 1)));
    if (word == "default") o.put(fields.value, word_of(value));
    if (word == "element") o.put(fields.element, reading.type(value));
  }
}

void read_define(ast::Node statement, Reading& reading) {
  const Id schema = reading.creation_schema(statement["defnames"]);
  if (!schema) return;
  const bool is_defined = statement["definition"].size() > 0;
  const Id id = reading.schema().ids().of(base_type_kind, schema, parts_of(statement["defnames"]).back());
  const Object* there = reading.schema().find(id);
  Object* o =
      there && is_shell(*there) && is_defined ? reading.change(id) : reading.make(base_type_kind, schema, id->name);
  if (!o) return;
  o->put(fields.base, Text(is_defined ? "variable" : shell));
  put(statement["definition"], *o, reading);
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.find(space::type, statement["typeName"]);
  if (Object* o = id && id->kind == &base_type_kind ? reading.change(id) : nullptr)
    put(statement["options"], *o, reading);
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_TYPE", read_define}, {"AlterTypeStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

Slot shell_slot(Id type) { return {shell, schema_of(type), type->name, {}}; }

void wait_for_shell(Step& step) {
  for (const Id used : step.needs)
    if (used->kind == &base_type_kind) step.takes.push_back(shell_slot(used));
  std::erase_if(step.needs, [](Id used) { return used->kind == &base_type_kind; });
}

Id served_type(const Object& routine) {
  if (!routine[routine_fields.serves_type]) return {};
  const auto type = std::ranges::find(routine.needs, &base_type_kind, [](Id used) { return used->kind; });
  return type == routine.needs.end() ? Id() : *type;
}

// Heavier than functions, which it marks as its own.
constexpr Kind base_type_kind{.name = "base type",
                              .key = "types",
                              .weight = 165,
                              .fields = fields,
                              .traits = has_section | has_owner,
                              .noun = "TYPE",
                              .object_type = "OBJECT_TYPE",
                              .space = space::type,
                              .parents = parents,
                              .rights = &type_rights,
                              .sql = {.create = create, .drop = drop, .change = change},
                              .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
