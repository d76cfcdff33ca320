#include "kinds/text_search/text_search.h"

#include "core/sql/print.h"
#include "kinds/named.h"

namespace quoin {

namespace {
/// Where an extension's own dictionary of the name lies; empty: it is none that is known.
Text schema_of_extensions(std::string_view name, const Schema& schema) {
  static constexpr std::pair<std::string_view, std::string_view> made_by[] = {
      {"unaccent", "unaccent"}, {"intdict", "dict_int"}, {"xsyn", "dict_xsyn"}};
  const auto found = std::ranges::find(made_by, name, [](const auto& one) { return one.first; });
  if (found == std::end(made_by)) return {};
  const Id extension = schema.holder({space::extension, Id(), Text(found->second), {}});
  const Object* object = extension ? schema.find(extension) : nullptr;
  const FieldBase* home = object ? extension->kind->fields.find("schema") : nullptr;
  const Text* said = home ? std::get_if<Text>(&object->value(*home)) : nullptr;
  return !object ? Text() : said && !said->empty() ? *said : Text("public");
}
}  // namespace

Text text_search_name(const Kind& kind, ast::Node names, Reading& reading) {
  const List parts = parts_of(names);
  if (parts.size() > 1) return quote_qualified(parts[parts.size() - 2], parts.back());
  const Id schema = reading.creation_schema(names);
  const bool is_users = schema && reading.schema().find(kind, schema, parts.back());
  if (is_users) return quote_qualified(schema->name, parts.back());
  const Text of_extension = schema_of_extensions(parts.back(), reading.schema());
  return quote_qualified(of_extension.empty() ? Text("pg_catalog") : of_extension, parts.back());
}

void need_text_search(Object& user, const Kind& kind, std::string_view name, Schema& schema) {
  if (const Id used = named(kind, name, schema)) user.need(used);
}

Object* make_text_search(const Kind& kind, ast::Node statement, Reading& reading) {
  const Id schema = reading.creation_schema(statement["defnames"]);
  return schema ? reading.make(kind, schema, parts_of(statement["defnames"]).back()) : nullptr;
}

Steps create_of_routines(const Object& o) {
  List terms;
  for (const FieldBase* field : o.id->kind->fields)
    if (o.has(*field)) terms.push_back(concat(upper(field->name), " = ", std::get<Text>(o.value(*field))));
  return only(making(o, concat("CREATE ", o.id->kind->noun, " ", qualified(o.id), " (", join(terms, ", "), ")")));
}

void read_routines(const Kind& kind, ast::Node statement, Reading& reading) {
  Object* o = make_text_search(kind, statement, reading);
  if (!o) return;
  for (ast::Node one : statement["definition"])
    if (const FieldBase* field = kind.fields.find(lower(one["defname"].text())))
      o->put(*field, ast::print_name(one["arg"].is("TypeName") ? one["arg"]["names"] : one["arg"]));
}

Text text_search_name_of(std::string_view catalog, std::string_view prefix, std::string_view oid) {
  return concat("(select pg_catalog.format('%I.%I', sn.nspname, s.", prefix, "name) from pg_catalog.", catalog,
                " s join pg_catalog.pg_namespace sn on sn.oid = s.", prefix, "namespace where s.oid = ", oid, ")");
}

Text text_search_terms(std::span<const Text> parameters) {
  List terms;
  for (const Text& one : parameters) {
    const std::size_t equals = one.find('=');
    const std::string_view value = std::string_view(one).substr(equals + 1);
    const bool number = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    terms.push_back(concat(quote_ident(one.substr(0, equals)), " = ", number ? Text(value) : quote_literal(value)));
  }
  return join(terms, ", ");
}

}  // namespace quoin
