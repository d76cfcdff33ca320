// Schema → JSON: one object a line, so that two files compare well.
#include "core/base/parallel.h"
#include "core/base/secret.h"
#include "snapshot/documents/document.h"

namespace quoin {
namespace {
void add_quoted(Text& all, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto is_plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
  all += '"';
  while (!text.empty()) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
    all += text.substr(0, end);
    text.remove_prefix(end);
    if (text.empty()) break;
    const auto byte = static_cast<unsigned char>(text[0]);
    if (text[0] == '"' || text[0] == '\\') {
      all += {'\\', text[0]};
    } else if (text[0] == '\n') {
      all += "\\n";
    } else {
      all += {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    }
    text.remove_prefix(1);
  }
  all += '"';
}

template <class Items, class Add>
void add_list(Text& all, const Items& items, Add add) {
  for (bool first = true; const auto& item : items) {
    if (!std::exchange(first, false)) all += ", ";
    add(item);
  }
}

// Of settings, which a routine has its secrets among: what reads this makes no routine of it.
Value without_secrets(Value value) {
  if (auto* items = std::get_if<List>(&value))
    for (Text& item : *items) item = masked(item);
  return value;
}

void add_value(Text& all, const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) all += *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) all += std::to_string(*number);
  if (const auto* text = std::get_if<Text>(&value)) add_quoted(all, *text);
  if (const auto* items = std::get_if<List>(&value)) {
    all += '[';
    add_list(all, *items, [&](const Text& item) { add_quoted(all, item); });
    all += ']';
  }
}

/// `, "key": "text"`; nothing where the text is empty.
void add_text(Text& all, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  all += concat(", \"", key, "\": ");
  add_quoted(all, text);
}

void add_paths(Text& all, std::string_view key, std::vector<Id> ids) {
  if (ids.empty()) return;
  std::ranges::sort(ids);
  all += concat(", \"", key, "\": [");
  add_list(all, ids, [&](Id id) { add_quoted(all, path(id)); });
  all += ']';
}

void add_attributes(Text& all, const Object& object, const Document& document) {
  const std::size_t before = all.size();
  for (const FieldBase* field : object.id->kind->fields) {
    const Value value = document.formed(object, *field);
    if (value.index() == 0 || field->is_fallback(*field, value)) continue;
    all += all.size() == before ? ", \"attributes\": {\"" : ", \"";
    all += field->name;
    all += "\": ";
    add_value(all, field->role == Role::parameter ? without_secrets(value) : value);
  }
  if (all.size() != before) all += '}';
}

void add_carried(Text& all, const std::vector<Carried>& carried) {
  if (carried.empty()) return;
  all += ", \"carried\": [";
  add_list(all, carried, [&](const Carried& one) {
    all += "{\"what\": ";
    add_quoted(all, one.what);
    all += ", \"sql\": ";
    add_quoted(all, one.sql);
    all += '}';
  });
  all += ']';
}

void add_line(Text& all, const Object& object, const Document& document) {
  const Id id = object.id;
  all += "    {\"kind\": ";
  add_quoted(all, id->kind->name);
  add_text(all, "path", path(id));
  add_text(all, "name", id->name);
  add_text(all, "signature", id->signature);
  if (id->parent) add_text(all, "parent", path(id->parent));
  add_attributes(all, object, document);
  add_paths(all, "needs", object.needs);
  add_paths(all, "mentions", object.wants);
  add_carried(all, object.carried);
  const List origin = document.origin(id);
  if (!origin.empty()) add_text(all, "made_in", origin[0]);
  if (origin.size() > 1) add_text(all, "changed_in", origin[1]);
  all += '}';
}

/// The lines of all objects, a list of parts that are written side by side.
List lines_of(const Document& document) {
  constexpr std::size_t most = 128;
  const std::span objects(document.objects());
  List parts((objects.size() + most - 1) / most);
  in_parallel(parts.size(), [&](std::size_t i) {
    for (const Object* object : objects.subspan(i * most, std::min(most, objects.size() - i * most))) {
      add_line(parts[i], *object, document);
      parts[i] += object == objects.back() ? "\n  " : ",\n";
    }
  });
  return parts;
}
}  // namespace

Text write_json(const Schema& schema, const DocumentOptions& options) {
  List all = lines_of(Document(schema, options));
  Text head = "{\n  \"objects\": [";
  if (!all.empty()) head += '\n';
  all.insert(all.begin(), std::move(head));
  Text& rest = all.emplace_back("],\n  \"unmodelled\": [");
  for (const Text& name : schema.unmodelled) {
    rest += &name == &schema.unmodelled.front() ? "\n    " : ",\n    ";
    add_quoted(rest, name);
  }
  rest += schema.unmodelled.empty() ? "]\n}\n" : "\n  ]\n}\n";
  return join(all, "");
}

}  // namespace quoin
