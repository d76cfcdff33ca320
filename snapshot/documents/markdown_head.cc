#include "snapshot/documents/markdown_head.h"

#include "kinds/database/template.h"
#include "snapshot/documents/markdown_section.h"
#include "snapshot/documents/markdown_text.h"

namespace quoin::markdown {

Objects schemas_of(const Schema& schema) {
  Objects all = schema.children(Id());
  std::erase_if(all, [](const Object* object) { return !object->id->kind->has(has_document); });
  std::ranges::stable_sort(all, {}, [](const Object* object) { return !in_template(object->id); });
  return all;
}

Text summary(const Document& document, const Objects& schemas) {
  std::vector<std::pair<std::string_view, std::size_t>> counts;
  auto count = [&](Id parent) {
    for (const Group& group : document.sections(parent)) {
      auto found = std::ranges::find(counts, group.key, [](const auto& entry) { return entry.first; });
      if (found == counts.end()) found = counts.insert(counts.end(), {group.key, 0});
      found->second += group.objects.size();
    }
  };
  for (const Object* one : schemas) count(one->id);
  count(Id());
  List words;
  for (const auto& [key, number] : counts) words.push_back(counted_kind(number, key));
  if (words.empty()) return "Nothing is in it yet.\n";
  const Text last = words.back();
  words.pop_back();
  const Text key = schemas.empty() ? Text() : concat(" in ", counted_kind(schemas.size(), schemas[0]->id->kind->key));
  return concat(join(words, ", "), words.empty() ? "" : " and ", last, key, ".\n");
}

namespace {
std::string_view first_line(std::string_view text) { return trim(text.substr(0, text.find('\n'))); }

/// What each is about, how wide it is, and what its rows refer to.
Text table_of(const Group& group, const Document& document) {
  std::vector<List> rows;
  for (const Object* object : group.objects) {
    std::size_t columns = 0;
    List referred;
    for (const Object* child : document.below(object->id)) {
      if (child->id->kind->is_column()) ++columns;
      const std::optional<Edge> edge = Document::edge(*child, document.schema());
      if (!edge) continue;
      Text to = link(document, edge->to, name_for_people(edge->to));
      if (!std::ranges::count(referred, to)) referred.push_back(std::move(to));
    }
    rows.push_back({link(document, object->id, object->id->name), std::to_string(columns), join(referred, ", "),
                    cell(first_line(document.comment(object->id)))});
  }
  Text name = capitalised(Text(group.objects.front()->id->kind->name));
  return table({std::move(name), "Columns", "Refers to", "About"}, rows) + "\n";
}

Text line_of(const Group& group, const Document& document) {
  List names;
  for (const Object* object : group.objects) names.push_back(link(document, object->id, title(object->id)));
  return concat("- ", capitalised(heading(group.key)), ": ", join(names, ", "), "\n");
}
}  // namespace

Text contents(const Document& document, const Objects& schemas, const List& further) {
  Text all = "## Contents\n\n";
  for (const Object* one : schemas) {
    Text tables, lines;
    for (const Group& group : document.sections(one->id))
      if (is_like_a_table(*group.objects.front()->id->kind))
        tables += table_of(group, document);
      else
        lines += line_of(group, document);
    if (schemas.size() > 1) all += concat("### ", link(document, one->id, "Schema " + one->id->name), "\n\n");
    const Text comment(first_line(document.comment(one->id)));
    if (schemas.size() > 1 && !comment.empty() && !in_template(one->id)) all += escaped(comment) + "\n\n";
    all += concat(tables, lines, lines.empty() || schemas.size() == 1 ? "" : "\n");
  }
  Text lines = join(further, "");
  for (const Group& group : document.sections(Id()))
    lines += concat("- [", capitalised(heading(group.key)), "](#", group.key, ")\n");
  if (!document.not_described().empty()) lines += "- [Not described here](#not-described-here)\n";
  return concat(all, lines, lines.empty() ? "" : "\n");
}

Text database_wide(const Document& document) {
  Text all;
  for (const Group& group : document.sections(Id()))
    all += concat("<a id=\"", group.key, "\"></a>\n\n## ", capitalised(heading(group.key)), "\n\n",
                  list_of(group.objects, document), "\n");
  return all;
}

Text not_described(const Document& document) {
  if (document.not_described().empty()) return {};
  Text all = "## Not described here\n\nThe database holds these too; quoin leaves them as they are.\n\n";
  for (const Text& line : document.not_described()) all += concat("- ", escaped(line), "\n");
  return all + "\n";
}

}  // namespace quoin::markdown
