// Everything quoin knows about text search dictionaries.
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/text_search/text_search.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
Text set_options(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> made_of{*this, "template", "what its functions are", {.role = Role::text, .presence = Presence::filled}};
  Field<List> options{*this, "options", "what its template asks for", {.role = Role::parameter, .alter = set_options}};
  Field<Text> stored{
      *this, "stored", "its options in the catalog's own words", {.role = Role::text, .counts = Counts::derived}};
} fields;

// Those that are to go are named without a value.
Text set_options(const Object& from, const Object& to) {
  const auto now = to[fields.options];
  List terms;
  if (!now.empty()) terms.push_back(text_search_terms(now));
  for (const Text& one : from[fields.options]) {
    const Text name = one.substr(0, one.find('='));
    const auto has_name = [&](const Text& other) { return other.starts_with(name + "="); };
    if (std::ranges::none_of(now, has_name)) terms.push_back(quote_ident(name));
  }
  return concat("ALTER TEXT SEARCH DICTIONARY ", qualified(to.id), " (", join(terms, ", "), ")");
}

Steps create(const Object& o) {
  const auto options = o[fields.options];
  return only(making(o, concat("CREATE TEXT SEARCH DICTIONARY ", qualified(o.id), " (TEMPLATE = ", o[fields.made_of],
                               options.empty() ? Text() : concat(", ", text_search_terms(options)), ")")));
}
Change change(const Delta& delta, const Users&) {
  return Cannot{concat("the template of ", path(delta.id), " changes")};
}

void put_options(ast::Node definition, Object& o) {
  List options;
  for (ast::Node one : definition)
    if (one["defname"].text() != "template")
      options.push_back(concat(one["defname"].text(), "=", option_text(one["arg"])));
  o.put(fields.options, std::move(options));
}

void derive(Object& o, Schema& schema) {
  need_text_search(o, text_search_template_kind, o[fields.made_of], schema);
  if (!o.has(fields.stored)) return;
  const ast::Tree tree = ast::Tree::parse(concat("CREATE TEXT SEARCH DICTIONARY d (", o[fields.stored], ")"));
  put_options(tree.statements().at(0).node["definition"], o);
  o.put(fields.stored, Value());
}

Text catalog(int) {
  return concat(
      R"(
select 3600 as class, d.oid as oid, 0 as sub, 2615 as parent_class, d.dictnamespace as parent_oid, 0 as parent_sub,
  d.dictname as name, )",
      text_search_name_of("pg_ts_template", "tmpl", "d.dicttemplate"), " as template, d.dictinitoption as stored",
      owner_column({"TEXT SEARCH DICTIONARY", "pg_catalog.format('%I.%I', n.nspname, d.dictname)", "d.dictowner"}),
      R"(
from pg_catalog.pg_ts_dict d join pg_catalog.pg_namespace n on n.oid = d.dictnamespace
where d.oid >= 16384)");
}

void read_define(ast::Node statement, Reading& reading) {
  Object* o = make_text_search(text_search_dictionary_kind, statement, reading);
  if (!o) return;
  for (ast::Node one : statement["definition"])
    if (one["defname"].text() == "template") {
      const ast::Node name = one["arg"].is("TypeName") ? one["arg"]["names"] : one["arg"];
      o->put(fields.made_of, text_search_name(text_search_template_kind, name, reading));
    }
  put_options(statement["definition"], *o);
}

// A name alone takes its option away.
void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.find_object(text_search_dictionary_kind.object_type, statement["dictname"]);
  Object* o = id && id->kind == &text_search_dictionary_kind ? reading.change(id) : nullptr;
  if (!o) return;
  const auto old = (*o)[fields.options];
  List options(old.begin(), old.end());
  for (ast::Node one : statement["options"]) {
    const Text begin = concat(one["defname"].text(), "=");
    std::erase_if(options, [&](const Text& option) { return option.starts_with(begin); });
    if (one.has("arg")) options.push_back(begin + option_text(one["arg"]));
  }
  o->put(fields.options, std::move(options));
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_TSDICTIONARY", read_define},
                                       {"AlterTSDictionaryStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind text_search_dictionary_kind{.name = "text search dictionary",
                                           .key = "text_search_dictionaries",
                                           .weight = 64,
                                           .fields = fields,
                                           .traits = replaceable | has_section | has_owner,
                                           .noun = "TEXT SEARCH DICTIONARY",
                                           .object_type = "OBJECT_TSDICTIONARY",
                                           .parents = parents,
                                           .sql = {.create = create, .change = change},
                                           .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
