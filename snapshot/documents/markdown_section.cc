#include "snapshot/documents/markdown_section.h"

#include "core/base/secret.h"
#include "core/base/visible.h"
#include "core/sql/ast.h"
#include "core/sql/print.h"
#include "snapshot/documents/markdown_text.h"

namespace quoin::markdown {
namespace {

/// Whether the field's text is a program of several lines, shown as a block of code.
bool is_program(const FieldBase& field) { return field.role == Role::query || field.role == Role::body; }

Text pretty(std::string_view query) {
  const ast::Tree tree = ast::Tree::parse(query);
  return tree.statements().empty() ? Text(query) : ast::print_pretty(tree.statements()[0].node);
}

/// The language of a body: what the object says of it, where it does.
Text language_of(const Object& object) {
  const BodyFields* fields = object.id->kind->body;
  const auto* word = fields ? std::get_if<Text>(&object.value(*fields->language)) : nullptr;
  return word ? *word : Text("sql");
}

Text program(const Object& object, const FieldBase& field, const Document& document) {
  const auto& text = std::get<Text>(object.value(field));
  if (field.role == Role::body) return fenced(text, language_of(object));
  return fenced(pretty(document.form(object, field, text)), "sql");
}

/// A value in a line; code where it is SQL or a name.
Text value_of(const Object& object, const FieldBase& field, const Document& document) {
  const Value& value = object.value(field);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "yes" : "no";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<Text>(&value))
    return field.role == Role::text || field.role == Role::role ? cell(*text)
                                                                : code_cell(document.form(object, field, *text));
  List items;
  if (const auto* list = std::get_if<List>(&value))
    for (const Text& item : *list)
      items.push_back(code_cell(field.role == Role::parameter ? masked(item) : document.form(object, field, item)));
  return join(items, ", ");
}

/// "name type" of a composite's or a result's attribute, apart.
std::pair<Text, Text> member_parts(std::string_view member) {
  std::size_t end = 0;
  bool quoted = false;
  for (; end < member.size() && (quoted || member[end] != ' '); ++end)
    if (member[end] == '"') quoted = !quoted;
  return {Text(member.substr(0, end)), Text(trim(member.substr(end)))};
}

Text members(const Object& object, const FieldBase& field, const Document& document) {
  std::vector<List> rows;
  for (const Text& member : std::get<List>(object.value(field))) {
    const auto [name, type] = member_parts(member);
    rows.push_back({code_cell(name), code_cell(document.form(object, field, concat("x ", type)).substr(2))});
  }
  return table({"Name", "Type"}, rows);
}

/// The attributes of an object: lines, then tables of members, then programs.
Text attributes(const Object& object, const Document& document) {
  Text lines, tables, programs;
  for (const FieldBase* field : object.id->kind->fields) {
    if (!object.has(*field)) continue;
    const bool listed = field->role == Role::member;
    if (!is_compared(field->counts) && !listed) continue;
    if (listed)
      tables += members(object, *field, document) + "\n";
    else if (is_program(*field))
      programs += program(object, *field, document) + "\n";
    else
      lines += concat("- ", capitalised(heading(field->name)), ": ", value_of(object, *field, document), "\n");
  }
  return concat(lines, lines.empty() ? "" : "\n", tables, programs);
}

/// What a cell says of a child that its parent has one of: its main value, or that it is there.
Text single_cell(const Object& child, const Document& document) {
  List words;
  for (const FieldBase* field : child.id->kind->fields) {
    if (!child.has(*field) || !is_compared(field->counts)) continue;
    const bool main = field == child.id->kind->fields.rows[0];
    const Text value = value_of(child, *field, document);
    words.push_back(main ? value : concat(heading(field->name), " ", value));
  }
  const FieldBase* main = child.id->kind->fields.size > 0 ? child.id->kind->fields.rows[0] : nullptr;
  const bool says_main = main && child.has(*main);
  if (main && !says_main) {
    const Text fallback = fallback_text(*main);
    words.insert(words.begin(), fallback.empty() ? Text("yes") : fallback);
  }
  return words.empty() ? "yes" : join(words, ", ");
}

/// Attributes besides the main one, in one cell.
Text further(const Object& object, const Document& document) {
  List words;
  for (const FieldBase* field : object.id->kind->fields)
    if (field != object.id->kind->fields.rows[0] && object.has(*field) && is_compared(field->counts))
      words.push_back(concat(heading(field->name), " ", value_of(object, *field, document)));
  return join(words, "; ");
}

/// The main attribute, as a link where it names a section (a type that the schema has).
Text main_cell(const Object& object, const Document& document) {
  const FieldBase& main = *object.id->kind->fields.rows[0];
  Text words = value_of(object, main, document);
  const auto* text = std::get_if<Text>(&object.value(main));
  if (!text || main.role != Role::type) return words;
  for (Id used : object.needs) {
    const Text name = qualified(used);
    const bool is_it = text->starts_with(name) && (text->size() == name.size() || (*text)[name.size()] == '[');
    if (is_it && used->kind->has(has_section)) {
      const Text goal = link(document, used, "");
      return concat("[", words, goal.substr(1));
    }
  }
  return words;
}

/// "PK, FK → users": what the keys say of a column.
Text key_cell(const std::map<Text, Document::Marks>& marks, const Text& column, const Document& document) {
  const auto found = marks.find(column);
  if (found == marks.end()) return {};
  List words;
  if (found->second.key) words.emplace_back("PK");
  for (Id to : found->second.to) words.push_back(concat("FK → ", link(document, to, name_for_people(to))));
  return join(words, ", ");
}

/// Children that are clauses of their parent, as rows: the main attribute, what each has one of, the rest, the comment.
Text rows_of(const Objects& children, const Document& document) {
  const Kind& kind = *children.front()->id->kind;
  std::vector<const Kind*> parts;
  for (const Object* child : children)
    for (const Object* part : document.below(child->id))
      if (!std::ranges::count(parts, part->id->kind)) parts.push_back(part->id->kind);
  std::ranges::sort(parts, {}, &Kind::weight);
  List heads{"Name", capitalised(heading(kind.fields.rows[0]->name))};
  const std::map<Text, Document::Marks> marks = document.marks(children.front()->id->parent);
  const bool marked = kind.is_column();
  if (marked) heads.emplace_back("Key");
  for (const Kind* part : parts) heads.push_back(capitalised(heading(part->key)));
  heads.insert(heads.end(), {"Further", "Comment"});
  std::vector<List> rows;
  for (const Object* child : children) {
    List row{name_cell(child->id->name), main_cell(*child, document)};
    if (marked) row.push_back(key_cell(marks, child->id->name, document));
    for (const Kind* part : parts) {
      const Object* found = nullptr;
      document.schema().each_child(child->id, [&](const Object& one) {
        if (one.id->kind == part) found = &one;
      });
      row.push_back(found ? single_cell(*found, document) : Text());
    }
    row.push_back(further(*child, document));
    row.push_back(cell(document.comment(child->id)));
    rows.push_back(std::move(row));
  }
  return table(heads, rows);
}

Text reference(const Object& arrow, const Document& document) {
  const std::optional<Edge> edge = Document::edge(arrow, document.schema());
  return edge ? link(document, edge->to, name_for_people(edge->to)) : Text();
}

/// The name; where its section is read here, links find it, and where that is elsewhere, it leads there.
Text named(Id id, const Document& document) {
  if (id->kind->has(has_section) && !document.keeper(id)) return link(document, id, name_for_people(id));
  const Text name = name_cell(id->name);
  return id->kind->has(has_section) ? concat("<a id=\"", anchor(id), "\"></a>", name) : name;
}

Text definitions(const Objects& children, const Document& document) {
  std::vector<List> rows;
  for (const Object* child : children)
    rows.push_back({named(child->id, document), reference(*child, document), code_cell(document.definition(*child)),
                    cell(document.comment(child->id))});
  return table({"Name", "To", "Definition", "Comment"}, rows);
}

/// **Primary key** `users_pkey`: `PRIMARY KEY (id)` (what people say of it)
Text definition_line(const Object& child, const Document& document) {
  const Kind& kind = *child.id->kind;
  if (kind.has(single) && kind.fields.size == 1)  // is all that it says: **Owner** `app`
    return concat("**", capitalised(Text(kind.name)), "** ", code(as_text(child.value(*kind.fields.rows[0]))), "\n");
  const Text to = reference(child, document), comment = document.comment(child.id);
  return concat("**", capitalised(Text(kind.name)), "** ", named(child.id, document), to.empty() ? "" : " → ", to, ": ",
                code(document.definition(child)), comment.empty() ? Text() : concat(" (", cell(comment), ")"), "\n");
}

Text groups_below(Id id, const Document& document) {
  std::vector<std::pair<std::string_view, Objects>> groups;
  Objects children = document.below(id);
  std::erase_if(children, [](const Object* child) { return child->id->kind->has(has_section); });
  for (const Object* kept : document.kept_by(id)) children.push_back(kept);
  for (const Object* child : children) {
    const std::string_view key = child->id->kind->key;
    auto found = std::ranges::find(groups, key, [](const auto& group) { return group.first; });
    if (found == groups.end()) found = groups.insert(groups.end(), {key, {}});
    found->second.push_back(child);
  }
  Text all;
  for (const auto& [key, members] : groups) {
    if (members.front()->id->kind->has(folds))
      all += rows_of(members, document) + "\n";
    else if (members.size() == 1)
      all += definition_line(*members.front(), document) + "\n";
    else
      all += concat("**", capitalised(heading(key)), "**\n\n", definitions(members, document), "\n");
  }
  return all;
}

Text links(std::string_view words, const std::vector<Id>& ids, const Document& document) {
  if (ids.empty()) return {};
  List all;
  for (Id id : ids) all.push_back(link(document, id, name_for_people(id)));
  return concat("**", words, "** ", join(all, ", "), "\n\n");
}

Text referenced_by(Id id, const Document& document) {
  List all;
  for (const Object* arrow : document.arrows_to(id))
    all.push_back(
        concat(link(document, document.section_of(arrow->id), name_for_people(document.section_of(arrow->id))), " (",
               code(visible(arrow->id->name)), ")"));
  return all.empty() ? Text() : concat("**Referenced by** ", join(all, ", "), "\n\n");
}
}  // namespace

Text heading_of(Id id, std::string_view signs) {
  return concat("<a id=\"", anchor(id), "\"></a>\n\n", signs, " ", escaped(title(id)), "\n\n");
}

Text section(const Object& object, const Document& document) {
  const Id id = object.id;
  Text all;
  if (const Text comment = document.comment(id); !comment.empty()) all += paragraphs(comment) + "\n";
  all += attributes(object, document) + groups_below(id, document);
  std::vector<Id> users = document.users(id);
  const Objects kept = document.kept_by(id);
  std::erase_if(users, [&](Id user) { return std::ranges::count(kept, user, &Object::id) > 0; });
  all += referenced_by(id, document) + links("Used by", users, document);
  std::vector<Id> used = document.used_by(id);
  std::erase_if(used, [&](Id one) { return document.keeper(one) == id; });
  if (!is_like_a_table(*id->kind)) all += links("Uses", used, document);
  const List origin = document.origin(id);
  if (!origin.empty())
    all += concat("**Made in** ", code(origin[0]),
                  origin.size() > 1 ? concat(", last changed in ", code(origin[1])) : Text(), "\n\n");
  return all;
}

namespace {
/// Name, attributes, comment, users: as the heads of `list_of` say.
List row_of(const Object& object, const Document& document) {
  List row{concat("<a id=\"", anchor(object.id), "\"></a>", name_cell(object.id->name))};
  for (const FieldBase* field : object.id->kind->fields)
    if (is_compared(field->counts))
      row.push_back(object.has(*field) ? value_of(object, *field, document) : fallback_text(*field));
  List users;
  for (Id user : document.users(object.id)) users.push_back(link(document, user, name_for_people(user)));
  row.push_back(cell(document.comment(object.id)));
  row.push_back(join(users, ", "));
  return row;
}
}  // namespace

Text list_of(const Objects& objects, const Document& document) {
  List heads{"Name"};
  for (const FieldBase* field : objects.front()->id->kind->fields)
    if (is_compared(field->counts)) heads.push_back(capitalised(heading(field->name)));
  heads.insert(heads.end(), {"Comment", "Used by"});
  std::vector<List> rows;
  for (const Object* object : objects) rows.push_back(row_of(*object, document));
  if (rows.size() > 1) return table(heads, rows);
  const List& row = rows.front();
  const std::size_t comment = row.size() - 2;
  List facts;
  for (std::size_t i = 1; i < row.size(); ++i)
    if (i != comment && !row[i].empty()) facts.push_back(concat(lower(heads[i]), " ", row[i]));
  const Text line = concat(row[0], row[comment].empty() ? "" : ": ", row[comment],
                           facts.empty() ? Text() : concat(" (", join(facts, "; "), ")"));
  return line + "\n";
}

}  // namespace quoin::markdown
