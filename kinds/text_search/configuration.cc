// Everything quoin knows about text search configurations.
#include "core/model/name.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/text_search/text_search.h"

namespace quoin {
namespace {
Text set_mappings(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<List> mappings{*this,
                       "mappings",
                       "for each type of token the dictionaries that are asked, in order",
                       {.role = Role::parameter, .alter = set_mappings}};
  Field<Text> parser{
      *this, "parser", "what makes tokens of a text", {.role = Role::text, .fallback = "pg_catalog.\"default\""}};
} fields;

struct Mapping {
  std::string_view token, dictionaries;
};
Mapping mapping_of(std::string_view text) {
  const std::size_t equals = text.find('=');
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// " ADD MAPPING FOR a, b WITH x, y": one statement for all that go the same way.
List grouped(Id id, std::string_view verb, const std::vector<Mapping>& mappings) {
  std::vector<std::pair<std::string_view, List>> groups;
  for (const auto& one : mappings) {
    auto found = std::ranges::find(groups, one.dictionaries, [](const auto& group) { return group.first; });
    if (found == groups.end()) found = groups.insert(found, {one.dictionaries, {}});
    found->second.push_back(quote_ident(one.token));
  }
  List all;
  for (const auto& group : groups)
    all.push_back(concat("ALTER TEXT SEARCH CONFIGURATION ", qualified(id), " ", verb, " MAPPING FOR ",
                         join(group.second, ", "), group.first.empty() ? Text() : concat(" WITH ", group.first)));
  return all;
}

Text set_mappings(const Object& from, const Object& to) {
  const auto before = from[fields.mappings], after = to[fields.mappings];
  const auto find = [](std::span<const Text> all, std::string_view token) {
    return std::ranges::find(all, token, [](const Text& one) { return mapping_of(one).token; });
  };
  std::vector<Mapping> dropped, added, altered;
  for (const Text& one : before)
    if (find(after, mapping_of(one).token) == after.end()) dropped.push_back({mapping_of(one).token, {}});
  for (const Text& one : after) {
    const auto old = find(before, mapping_of(one).token);
    if (old == before.end()) added.push_back(mapping_of(one));
    if (old != before.end() && *old != one) altered.push_back(mapping_of(one));
  }
  List all = grouped(to.id, "DROP", dropped);
  for (const auto& [verb, mappings] : {std::pair(std::string_view("ALTER"), altered), {"ADD", added}})
    for (Text& sql : grouped(to.id, verb, mappings)) all.push_back(std::move(sql));
  return join(all, ";\n");
}

Steps create(const Object& o) {
  Steps steps = only(
      making(o, concat("CREATE TEXT SEARCH CONFIGURATION ", qualified(o.id), " (PARSER = ", o[fields.parser], ")")));
  std::vector<Mapping> mappings;
  for (const Text& one : o[fields.mappings]) mappings.push_back(mapping_of(one));
  for (Text& sql : grouped(o.id, "ADD", mappings))
    steps.push_back({.sql = std::move(sql), .makes = {o.id}, .needs = o.needs});
  return steps;
}
Change change(const Delta& delta, const Users&) { return Cannot{concat("the parser of ", path(delta.id), " changes")}; }

void derive(Object& o, Schema& schema) {
  const auto old = o[fields.mappings];
  List mappings(old.begin(), old.end());
  std::ranges::sort(mappings);
  o.put(fields.mappings, std::move(mappings));
  need_text_search(o, text_search_parser_kind, o[fields.parser], schema);
  for (const Text& one : o[fields.mappings])
    for (const Text& name : split(mapping_of(one).dictionaries, ','))
      need_text_search(o, text_search_dictionary_kind, trim(name), schema);
}

Text catalog(int) {
  return concat(
      R"(
select 3602 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.cfgnamespace as parent_oid, 0 as parent_sub,
  c.cfgname as name, )",
      text_search_name_of("pg_ts_parser", "prs", "c.cfgparser"), R"( as parser,
  (select pg_catalog.array_agg(t.alias || '=' || d.names) from pg_catalog.ts_token_type(c.cfgparser) t
    join (select m.maptokentype, pg_catalog.string_agg()",
      text_search_name_of("pg_ts_dict", "dict", "m.mapdict"), R"(, ', ' order by m.mapseqno) as names
      from pg_catalog.pg_ts_config_map m where m.mapcfg = c.oid group by 1) d on d.maptokentype = t.tokid) as mappings)",
      owner_column({"TEXT SEARCH CONFIGURATION", "pg_catalog.format('%I.%I', n.nspname, c.cfgname)", "c.cfgowner"}),
      R"(
from pg_catalog.pg_ts_config c join pg_catalog.pg_namespace n on n.oid = c.cfgnamespace
where c.oid >= 16384)");
}

// As snowball_create.sql and initdb make the server's own.
List builtin_mappings(std::string_view language) {
  const bool simple = language == "simple";
  const bool other_letters = language == "russian" || language == "hindi";
  const Text words = concat("pg_catalog.", language, simple ? "" : "_stem");
  const Text ascii = other_letters ? Text("pg_catalog.english_stem") : words;
  List all;
  for (const char* token : {"asciihword", "asciiword", "hword_asciipart"}) all.push_back(concat(token, "=", ascii));
  for (const char* token : {"hword", "hword_part", "word"}) all.push_back(concat(token, "=", words));
  for (const char* token : {"email", "file", "float", "host", "hword_numpart", "int", "numhword", "numword", "sfloat",
                            "uint", "url", "url_path", "version"})
    all.push_back(concat(token, "=pg_catalog.simple"));
  return all;
}

void copy(ast::Node names, Object& o, Reading& reading) {
  const List parts = name_parts(text_search_name(text_search_configuration_kind, names, reading));
  if (parts[0] == "pg_catalog") return o.put(fields.mappings, builtin_mappings(parts[1]));
  const Id id = reading.find_object(text_search_configuration_kind.object_type, names);
  const Object* from = id ? reading.schema().find(id) : nullptr;
  if (from && id->kind == &text_search_configuration_kind)
    for (const FieldBase* field : text_search_configuration_kind.fields) o.put(*field, from->value(*field));
}

ast::Node names_in(ast::Node argument) { return argument.is("TypeName") ? argument["names"] : argument; }

void read_define(ast::Node statement, Reading& reading) {
  Object* o = make_text_search(text_search_configuration_kind, statement, reading);
  if (!o) return;
  for (ast::Node one : statement["definition"]) {
    const ast::Node names = names_in(one["arg"]);
    if (one["defname"].text() == "parser")
      o->put(fields.parser, text_search_name(text_search_parser_kind, names, reading));
    if (one["defname"].text() == "copy") copy(names, *o, reading);
  }
}

/// Puts one dictionary in the place of another, for these types of tokens; none: for all.
void replace(List& mappings, std::span<const Text> tokens, const List& dictionaries) {
  for (Text& mapping : mappings) {
    const Mapping old = mapping_of(mapping);
    if (!tokens.empty() && !std::ranges::count(tokens, old.token)) continue;
    List names;
    for (const Text& name : split(old.dictionaries, ','))
      names.emplace_back(trim(name) == dictionaries[0] ? std::string_view(dictionaries[1]) : trim(name));
    mapping = concat(old.token, "=", join(names, ", "));
  }
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.find_object(text_search_configuration_kind.object_type, statement["cfgname"]);
  Object* o = id && id->kind == &text_search_configuration_kind ? reading.change(id) : nullptr;
  if (!o) return;
  const auto old = (*o)[fields.mappings];
  List mappings(old.begin(), old.end()), dictionaries;
  for (ast::Node names : statement["dicts"])
    dictionaries.push_back(text_search_name(text_search_dictionary_kind, names, reading));
  const List tokens = statement["tokentype"].texts();
  if (statement["kind"].text().starts_with("ALTER_TSCONFIG_REPLACE")) {
    if (dictionaries.size() == 2) replace(mappings, tokens, dictionaries);
  } else {
    std::erase_if(mappings, [&](const Text& one) { return std::ranges::count(tokens, mapping_of(one).token) > 0; });
    if (statement["kind"].text() != "ALTER_TSCONFIG_DROP_MAPPING")
      for (const Text& token : tokens) mappings.push_back(concat(token, "=", join(dictionaries, ", ")));
  }
  o->put(fields.mappings, std::move(mappings));
}

constexpr StatementReader readers[] = {{"DefineStmt", "OBJECT_TSCONFIGURATION", read_define},
                                       {"AlterTSConfigurationStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind text_search_configuration_kind{.name = "text search configuration",
                                              .key = "text_search_configurations",
                                              .weight = 66,
                                              .fields = fields,
                                              .traits = replaceable | has_section | has_owner,
                                              .noun = "TEXT SEARCH CONFIGURATION",
                                              .object_type = "OBJECT_TSCONFIGURATION",
                                              .parents = parents,
                                              .sql = {.create = create, .change = change},
                                              .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
