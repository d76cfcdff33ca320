// Schema → JSON: one object a line, so that two files compare well.
#include "base/parallel.h"
#include "snapshot/document.h"

namespace quoin {
namespace {
Text quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  Text all = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      all += {'\\', c};
    } else if (c == '\n') {
      all += "\\n";
    } else if (byte < 0x20) {
      all += {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    } else {
      all += c;
    }
  }
  return all + "\"";
}

Text array(const List& items) {
  List words;
  for (const Text& item : items) words.push_back(quoted(item));
  return concat("[", join(words, ", "), "]");
}

Text value_of(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<Text>(&value)) return quoted(*text);
  return array(std::get<List>(value));
}

List paths(std::vector<Id> ids) {
  std::ranges::sort(ids);
  List all;
  for (Id id : ids) all.push_back(path(id));
  return all;
}

Text line_of(const Object& object, const Document& document) {
  const Id id = object.id;
  List parts{concat("\"kind\": ", quoted(id->kind->name)), concat("\"path\": ", quoted(path(id)))};
  if (!id->name.empty()) parts.push_back(concat("\"name\": ", quoted(id->name)));
  if (!id->signature.empty()) parts.push_back(concat("\"signature\": ", quoted(id->signature)));
  if (id->parent) parts.push_back(concat("\"parent\": ", quoted(path(id->parent))));
  List attributes;
  const Object formed = document.formed(object);
  for (const FieldBase* field : id->kind->fields)
    if (formed.has(*field)) attributes.push_back(concat(quoted(field->name), ": ", value_of(formed.value(*field))));
  if (!attributes.empty()) parts.push_back(concat("\"attributes\": {", join(attributes, ", "), "}"));
  if (!object.needs.empty()) parts.push_back(concat("\"needs\": ", array(paths(object.needs))));
  if (!object.wants.empty()) parts.push_back(concat("\"mentions\": ", array(paths(object.wants))));
  List carried;
  for (const Carried& one : object.carried)
    carried.push_back(concat("{\"what\": ", quoted(one.what), ", \"sql\": ", quoted(one.sql), "}"));
  if (!carried.empty()) parts.push_back(concat("\"carried\": [", join(carried, ", "), "]"));
  return concat("    {", join(parts, ", "), "}");
}
void add_block(Text& all, const List& lines) {
  std::size_t size = all.size() + 64;
  for (const Text& line : lines) size += line.size() + 2;
  all.reserve(size);
  all += lines.empty() ? "[" : "[\n";
  for (const Text& line : lines) {
    all += line;
    if (&line != &lines.back()) all += ",\n";
  }
  all += lines.empty() ? "]" : "\n  ]";
}
}  // namespace

Text write_json(const Schema& schema, const DocumentOptions& options) {
  const Document document(schema, options);
  List lines(document.objects().size()), rest;
  in_parallel(lines.size(), [&](std::size_t i) { lines[i] = line_of(*document.objects()[i], document); });
  for (const Text& name : schema.unmodelled) rest.push_back("    " + quoted(name));
  Text all = "{\n  \"objects\": ";
  add_block(all, lines);
  all += ",\n  \"unmodelled\": ";
  add_block(all, rest);
  all += "\n}\n";
  return all;
}

}  // namespace quoin
