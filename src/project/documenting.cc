#include "project/documenting.h"

#include "core/base/comment.h"
#include "core/base/kept.h"
#include "core/base/secret.h"
#include "core/model/kind.h"
#include "parser/normal/normal.h"
#include "parser/yaml/yaml.h"
#include "project/concern.h"
#include "project/folder.h"
#include "project/provenance.h"

namespace quoin {
namespace {
DocumentOptions options_of(const Documented& documented) {
  DocumentOptions options;
  options.title = "Database";
  options.form = normal_in(documented.schema);
  if (!documented.origins.empty())
    options.origin = [&origins = documented.origins](Id id) {
      const auto found = origins.find(id);
      return found == origins.end() ? List() : found->second;
    };
  return options;
}

// What a file of SQL or a picture has no place for is named at its head.
Text left_out(const Schema& schema, std::string_view sign) {
  Text lines;
  for (const Text& name : schema.unmodelled) lines += comment(sign, "not in this file", name);
  return lines;
}

Text hanging(const Makeable& makeable, std::string_view sign) {
  Text lines;
  for (const Text& path : makeable.hanging)
    lines += comment(sign, "not in this file, since it needs one of these", path);
  return lines;
}

/// "password of user mapping public of server far".
List names_set_by_hand(const Schema& schema) {
  List names;
  for (const Object* object : schema.objects())
    for (const Text& name : set_by_hand(*object)) names.push_back(concat(name, " of ", path(object->id)));
  return names;
}

/// Settings in which a routine keeps a secret: "app.jwt_secret of function public.f()".
List names_in_clear(const Schema& schema) {
  List names;
  for (const Object* object : schema.objects())
    for (const FieldBase* field : object->id->kind->fields)
      if (const auto* items = std::get_if<List>(&object->value(*field)); items && field->role == Role::parameter)
        for (const Text& item : *items)
          if (masked(item) != item) names.push_back(concat(item.substr(0, item.find('=')), " of ", path(object->id)));
  return names;
}

}  // namespace

Documented read_for_documents(const DocumentRequest& request, std::string_view form, const Settings& settings) {
  Schema& read = kept<Schema>(read_managed(request.source, kept<Ids>(), settings));
  if (form != "sql") leave_owners_to_tables(read);
  if (form == "yaml") {
    add_other_owners(read, request.source, settings);
    reset_template_objects(read, settings);
  }
  const Schema& schema = read;
  for (const Text& note : schema.notes) remark(settings, concat("note: ", note));
  if (form == "md")
    for (const Text& note : not_known(schema)) remark(settings, concat("note: ", note));
  const bool is_to_be_run = form == "sql" || form == "yaml";
  Documented documented{schema, kept<Makeable>(is_to_be_run ? makeable(schema) : Makeable())};
  if (!request.origins) return documented;
  const bool is_folder = request.source.form == SourceForm::migrations;
  const Text& folder = is_folder ? request.source.where : settings.config.migrations;
  documented.origins = origins_in(migrations_in(folder, settings), schema.ids(), settings);
  return documented;
}

Text document(const Documented& documented, std::string_view form) {
  const auto& [schema, makeable, origins] = documented;
  const DocumentOptions options = options_of(documented);
  const Schema& part = makeable.part ? *makeable.part : schema;
  if (form == "yaml") return hanging(makeable, comment_sign::yaml) + write_yaml(part);
  if (form == "sql")
    return concat(left_out(schema, comment_sign::sql), hanging(makeable, comment_sign::sql), creation_sql(part));
  if (form == "json") return write_json(schema, options);
  if (form == "mermaid") return left_out(schema, comment_sign::mermaid) + write_mermaid(schema, options);
  return write_markdown(schema, options);
}

std::vector<Page> document_pages(const Documented& documented) {
  return write_markdown_pages(documented.schema, options_of(documented));
}

LeftOutOfDocument left_out_of_document(const Documented& documented) {
  const Schema& schema = documented.schema;
  const List& hanging = documented.makeable.hanging;
  LeftOutOfDocument left_out;
  left_out.is_lacking = !schema.unmodelled.empty() || !hanging.empty() || !schema.notes.empty();
  const auto tell = [&](std::string_view why, const List& names) {
    if (!names.empty()) left_out.notes.push_back(concat("note: ", why, ": ", join(names, ", ")));
  };
  tell("not in it, being of a kind that quoin does not write yet", schema.unmodelled);
  tell("not in it, since it needs one of these", hanging);
  tell("set by hand, for quoin writes no secrets, nor what it may not read", names_set_by_hand(schema));
  tell("a secret in it, since what is made of it would lack it; keep it elsewhere, as in a table that few may read",
       names_in_clear(schema));
  return left_out;
}

std::size_t tables_in(const Schema& schema) {
  std::size_t count = 0;
  schema.each([&](const Object& object) {
    const Kind& kind = *object.id->kind;
    if (kind.has(holds_rows) && kind.has(has_section)) ++count;
  });
  return count;
}

}  // namespace quoin
