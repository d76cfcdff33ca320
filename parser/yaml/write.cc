// Schema → YAML: the reader's mapping the other way, in one order, with nothing that goes without saying.
#include <algorithm>

#include "core/base/comment.h"
#include "kinds/database/template.h"
#include "parser/yaml/layout.h"
#include "parser/yaml/reader.h"

namespace quoin {
namespace yaml {
namespace {
using Seen = std::vector<const Object*>;

/// Unquotes the name that SQL text begins with; empty where it does not begin with one.
Text leading_name(std::string_view sql) {
  if (!sql.starts_with('"')) return Text(sql.substr(0, sql.find(' ')));
  Text name;
  for (std::size_t i = 1; i < sql.size(); ++i) {
    if (sql[i] == '"' && (i + 1 == sql.size() || sql[i + 1] != '"')) return name;
    if (sql[i] == '"') ++i;
    name += sql[i];
  }
  return {};
}

/// The items as a map, where the reader makes the same items of it.
OutValue paired_list(const FieldBase& field, const List& items) {
  OutValue map = OutValue::map();
  for (const Text& item : items) {
    const bool member = field.role == Role::member;
    const std::size_t equals = item.find('=');
    const bool setting = field.role == Role::parameter;
    if (!member && (!setting || equals == Text::npos || equals == 0)) return OutValue::list();
    Text key = member ? leading_name(item) : item.substr(0, equals);
    const std::size_t begin = member ? quote_ident(key).size() + 1 : equals + 1;
    const bool same = begin < item.size() && (!member || item.starts_with(quote_ident(key) + " "));
    const bool there = std::ranges::any_of(map.entries, [&](const auto& entry) { return entry.first == key; });
    if (!same || key.empty() || there) return OutValue::list();
    Text value = item.substr(begin);
    const bool digits = !value.empty() && value.size() < 10 && value.find_first_not_of("0123456789") == Text::npos;
    map.add(std::move(key), digits ? OutValue::raw(std::move(value)) : OutValue::string(std::move(value)));
  }
  return map;
}

OutValue written(const FieldBase& field, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return OutValue::raw(*flag ? "true" : "false");
  if (const auto* number = std::get_if<std::int64_t>(&value)) return OutValue::raw(std::to_string(*number));
  if (const auto* text = std::get_if<Text>(&value)) return OutValue::string(*text);
  const List& items = std::get<List>(value);
  if (OutValue map = paired_list(field, items); map.form == OutValue::Form::map && !items.empty()) return map;
  OutValue list = OutValue::list();
  for (const Text& item : items) list.items.push_back(OutValue::string(item));
  return list;
}

class Writer {
 public:
  explicit Writer(const Schema& schema) : schema_(schema), template_(schema.ids()) { add_template(template_); }
  Text all() const;

 private:
  Text document(const Object* schema, const Seen& database_wide) const;
  OutValue object(const Object&) const;
  OutValue bare(const Object&) const;
  OutValue defined(const Object&, Text definition, const Seen& children) const;
  OutValue attributes(const Object&, const Seen& children) const;
  void below(OutValue&, const Seen&) const;
  Text shorthand(const Object&, const Seen& children) const;
  bool is_shown(const Object&) const;
  bool has_own(const Object&) const;
  Seen shown(std::vector<const Object*>) const;
  Text remarks() const;

  const Schema& schema_;
  Schema template_;
};

/// Of what follows another: whether that does not bring it, or not as it is.
bool Writer::has_own(const Object& object) const {
  const Kind& kind = *object.id->kind;
  const Object* leader = schema_.find(follows(object));
  if (!leader || leader->id->kind != &kind) return false;
  if (kind.creates_followers && !kind.creates_followers(*leader)) return true;
  if (kind.yaml.mistakable && kind.yaml.mistakable(object, schema_)) return true;
  const bool says_more = !kind.is_column() || object.differences(*leader).any();
  return (says_more && kind.sql.after_leader && !kind.sql.after_leader(object).empty()) ||
         object.differs_in_place(*leader);
}

bool Writer::is_shown(const Object& object) const {
  if (object.id->kind->has(opaque) || object.id->kind->key.empty()) return false;
  if (follows(object) && !is_own_besides(object)) {  // what it has of its own stands in it
    const Seen children = schema_.children(object.id);
    const auto implied = object.id->kind->yaml.implied;
    return (has_own(object) && !(implied && implied(object, schema_))) ||
           std::ranges::any_of(children, [&](const Object* child) { return is_shown(*child); });
  }
  if (object.id->kind->yaml.implied && object.id->kind->yaml.implied(object, schema_)) {
    const Seen children = schema_.children(object.id);
    return std::ranges::any_of(children, [&](const Object* child) { return is_shown(*child); });
  }
  const Object* born = in_template(object.id) ? template_.find(object.id) : nullptr;
  return !born || object.differences(*born).any();
}

Seen Writer::shown(Seen objects) const {
  std::erase_if(objects, [&](const Object* object) { return !is_shown(*object); });
  return objects;
}

Text key_of(const Object& object) {
  const Kind& kind = *object.id->kind;
  const FieldBase* arguments = arguments_of(kind);
  if (!kind.is_overloaded()) return title(object.id);
  if (!arguments) return quote_ident(object.id->name) + object.id->signature;
  const auto* all = std::get_if<List>(&object.value(*arguments));
  return concat(quote_ident(object.id->name), "(", all ? join(*all, ", ") : Text(), ")");
}

/// Names alone stand in a list: extensions: [citext, pg_trgm].
void shorten(OutValue& map, const Kind& kind) {
  if (!may_be_name_alone(kind)) return;
  OutValue names = OutValue::list();
  for (auto& [name, value] : map.entries) {
    if (value.form != OutValue::Form::map || !value.empty() || !value.remark.empty()) return;
    names.items.push_back(OutValue::string(name));
  }
  map = std::move(names);
}

/// What lies below an object, or at the top level: things by name under their kinds' keys, and those that are alone.
void Writer::below(OutValue& out, const Seen& objects) const {
  std::vector<std::pair<const Kind*, std::size_t>> maps;  // the first kind of a key, and the key's entry
  for (const Object* child : objects) {
    const Kind& kind = *child->id->kind;
    if (is_alone(kind)) {
      out.add(Text(kind.key), object(*child));
      continue;
    }
    auto found = std::ranges::find(maps, kind.key, [](const auto& entry) { return entry.first->key; });
    if (found == maps.end()) {
      maps.emplace_back(&kind, out.entries.size());
      out.add(Text(kind.key), OutValue::map());
      found = maps.end() - 1;
    }
    out.entries[found->second].second.add(key_of(*child), object(*child));
  }
  for (const auto& [kind, place] : maps) {
    OutValue& map = out.entries[place].second;
    map.block = map.entries.size() > 1 || kind->has(has_section);
    const Id parent = objects.front()->id->parent;
    if (kinds_below(parent ? parent->kind : nullptr, kind->key).size() == 1) shorten(map, *kind);
  }
}

/// Comments stand first in what has a section of its own, last in what is a line.
bool is_remark(const Object* object) { return std::ranges::count(possible_parents(*object->id->kind), "*") > 0; }

OutValue with_former_names(OutValue list, const FieldBase& field, const Object& object) {
  for (const auto& [old, now] : object.renamed_parts)
    for (OutValue& item : list.items) {
      if (item.form != OutValue::Form::text || part_name(field, item.text) != now) continue;
      Text text = std::move(item.text);
      item = OutValue::map();
      item.add("name", OutValue::string(std::move(text)));
      item.add("renamed_from", OutValue::string(old));
      item.block = false;
      break;
    }
  return list;
}

OutValue Writer::attributes(const Object& object, const Seen& children) const {
  const Kind& kind = *object.id->kind;
  OutValue map = OutValue::map();
  map.block = kind.has(has_section) && !children.empty();
  Seen remarks, others;
  for (const Object* child : children) (is_remark(child) ? remarks : others).push_back(child);
  if (kind.yaml.implied_name && object.id->name != kind.yaml.implied_name(object.id->parent))
    map.add("name", OutValue::string(object.id->name));
  if (kind.has(has_section)) below(map, remarks);
  if (!object.renamed_from.empty()) map.add("renamed_from", OutValue::string(object.renamed_from));
  const FieldBase* body = nullptr;
  for (const FieldBase* field : kind.fields) {
    if (!is_key(*field, kind)) continue;
    if (!object.has(*field) && field->presence == Presence::given) map.add(Text(field->name), OutValue::list());
    if (!object.has(*field)) continue;
    if (field->role == Role::body)
      body = field;
    else
      map.add(Text(field->name), with_former_names(written(*field, object.value(*field)), *field, object));
  }
  if (body) map.add(Text(body->name), written(*body, object.value(*body)));
  below(map, others);
  if (!kind.has(has_section)) below(map, remarks);
  return map;
}

/// What the shorthand says of an object, its folding children included; empty where it cannot say it all.
Text Writer::shorthand(const Object& object, const Seen& children) const {
  const Kind& kind = *object.id->kind;
  if (!kind.yaml.shorthand || !kind.yaml.statement) return {};
  for (const Object* child : children)
    if (child->id->kind->has(folds) && !shown(schema_.children(child->id)).empty()) return {};
  Seen folding;
  std::ranges::copy_if(children, std::back_inserter(folding),
                       [](const Object* child) { return child->id->kind->has(folds); });
  return kind.yaml.shorthand(object, folding);
}

/// A shorthand beside what it cannot say: a comment, an old name.
OutValue Writer::defined(const Object& object, Text definition, const Seen& children) const {
  OutValue map = OutValue::map();
  if (!object.renamed_from.empty()) map.add("renamed_from", OutValue::string(object.renamed_from));
  map.add("definition", OutValue::string(std::move(definition)));
  below(map, children);
  return map;
}

OutValue Writer::object(const Object& object) const {
  OutValue out = bare(object);
  out.remark = join(set_by_hand(object), ", ");
  return out;
}

OutValue Writer::bare(const Object& object) const {
  const Kind& kind = *object.id->kind;
  const Seen children = shown(schema_.children(object.id));
  Text short_form = shorthand(object, children);
  const bool folded = std::ranges::any_of(children, [](const Object* child) { return child->id->kind->has(folds); });
  const bool all_folded =
      std::ranges::all_of(children, [](const Object* child) { return child->id->kind->has(folds); });
  if (!short_form.empty() && all_folded && object.renamed_from.empty()) return OutValue::string(std::move(short_form));
  const auto fields = std::ranges::count_if(
      kind.fields, [&](const FieldBase* field) { return object.has(*field) && field->counts != Counts::derived; });
  if (!short_form.empty() && !folded && fields > 1) return defined(object, std::move(short_form), children);
  OutValue map = attributes(object, children);
  if (map.empty()) return is_alone(kind) ? OutValue::raw("true") : map;
  const bool main_alone =
      map.entries.size() == 1 && kind.fields.size > 0 && map.entries[0].first == kind.fields.rows[0]->name;
  const Kinds same_key = kinds_below(object.id->parent ? object.id->parent->kind : nullptr, kind.key);
  const OutValue::Form form = map.entries[0].second.form;
  const bool is_name_of_words =
      kind.has(single) && kind.fields.rows[0]->role == Role::word && map.entries[0].second.text.find(' ') != Text::npos;
  const bool scalar_is_main = (!kind.yaml.statement || form == OutValue::Form::list) && !is_name_of_words;
  if (main_alone && same_key.size() == 1 && form != OutValue::Form::map && scalar_is_main)
    return OutValue(std::move(map.entries[0].second));
  return map;
}

Text Writer::document(const Object* schema, const Seen& database_wide) const {
  const Kind& kind = document_kind();
  OutValue map = OutValue::map();
  map.add(Text(kind.name), OutValue::string(schema ? schema->id->name : "public"));
  const bool unsaid = schema && in_template(schema->id) && template_.find(schema->id) != nullptr;
  const Seen children = schema ? shown(schema_.children(schema->id)) : Seen();
  if (schema) {
    OutValue attributes_map = attributes(*schema, {});
    for (auto& entry : attributes_map.entries) map.entries.push_back(std::move(entry));
    Seen remarks, others;
    for (const Object* child : children) (is_remark(child) ? remarks : others).push_back(child);
    below(map, remarks);
    if (unsaid)
      for (const Object* born : template_.children(schema->id))
        if (!schema_.find(born->id)) map.add(Text(born->id->kind->key), OutValue::string(""));
    below(map, database_wide);
    below(map, others);
  } else {
    below(map, database_wide);
  }
  return lay_out(map);
}

/// A line for each thing that the file does not hold, so that nobody takes it for the whole.
Text Writer::remarks() const {
  List lines;
  for (const Text& name : schema_.unmodelled) lines.push_back(name);
  for (const Object* object : schema_.objects())
    for (const Carried& carried : object->carried)
      lines.push_back(concat(carried.what, " of ", path(object->id), ": ", carried.sql));
  Text all;
  for (const Text& line : lines) all += comment(comment_sign::yaml, not_in_this_file, line);
  return all;
}

Text Writer::all() const {
  Seen database_wide, schemas;
  for (const Object* object : shown(schema_.children(Id())))
    if (!object->id->kind->has(has_document)) database_wide.push_back(object);
  for (const Object* object : schema_.children(Id()))
    if (object->id->kind->has(has_document)) schemas.push_back(object);
  std::ranges::stable_sort(schemas, {}, [](const Object* schema) { return !in_template(schema->id); });
  Text text = remarks();
  if (schemas.empty()) return text + document(nullptr, database_wide);
  List documents;
  for (const Object* schema : schemas) {
    const bool first = schema == schemas.front();
    Text one = document(schema, first ? database_wide : Seen());
    const bool says_nothing = std::ranges::count(one, '\n') == 1 && in_template(schema->id);
    if (!says_nothing || schemas.size() == 1) documents.push_back(std::move(one));
  }
  return text + join(documents, "---\n");
}
}  // namespace
}  // namespace yaml

// Attributes that are lacking have their SQL behind a colon.
List named_as_lacking(std::string_view text) {
  const Text begin = concat(comment_sign::yaml, " ", not_in_this_file, ": ");
  List names;
  for (const Text& line : split(text, '\n')) {
    if (!line.starts_with('#')) break;
    const std::string_view name = line.starts_with(begin) ? trim(std::string_view(line).substr(begin.size())) : "";
    if (!name.empty() && name.find(": ") == Text::npos) names.emplace_back(name);
  }
  return names;
}

Text write_yaml(const Schema& schema) { return yaml::Writer(schema).all(); }
}  // namespace quoin
