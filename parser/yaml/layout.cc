#include "parser/yaml/layout.h"

#include <algorithm>
#include <optional>

#include "core/base/comment.h"
#include "parser/yaml/scalar.h"

namespace quoin::yaml {
namespace {
constexpr std::size_t width = 110;
constexpr std::size_t longest_key = 900;  // beyond 1,024 bytes YAML wants "? " before a key

/// On one line inside { } or [ ]; nullopt where that cannot be read well.
std::optional<Text> one_line(const OutValue& out);

std::optional<Text> part_of_line(const OutValue& out) { return out.remark.empty() ? one_line(out) : std::nullopt; }

std::optional<Text> one_line(const OutValue& out) {
  switch (out.form) {
    case OutValue::Form::raw:
      return out.text;
    case OutValue::Form::text:
      if (out.text.find('\n') != Text::npos) return std::nullopt;
      return scalar(out.text, Context::flow);
    case OutValue::Form::list:
    case OutValue::Form::map:
      break;
  }
  if (out.block) return std::nullopt;
  List parts;
  for (const OutValue& item : out.items) {
    std::optional<Text> part = part_of_line(item);
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
  }
  for (const auto& [key, value] : out.entries) {
    std::optional<Text> part = part_of_line(value);
    if (!part || key.size() > longest_key) return std::nullopt;
    parts.push_back(concat(scalar(key, Context::flow), ": ", *part));
  }
  const Text all = join(parts, ", ");
  if (out.form == OutValue::Form::list) return concat("[", all, "]");
  return all.empty() ? Text("{}") : concat("{ ", all, " }");
}

void put_entries(const OutValue& map, std::size_t indent, Text& text);

/// After "key:" or "-", on the line begun or below it.
void put_value(const OutValue& out, std::size_t indent, Text& text) {
  const std::size_t line = text.rfind('\n') + 1;
  if (out.form == OutValue::Form::raw || out.form == OutValue::Form::text) {
    Text block = out.form == OutValue::Form::text ? literal_block(out.text, indent) : Text();
    if (block.empty() && out.form == OutValue::Form::text && out.text.size() > width)
      block = folded_block(out.text, indent, width - 10);
    text += concat(" ",
                   !block.empty()                    ? block
                   : out.form == OutValue::Form::raw ? out.text
                                                     : scalar(out.text, Context::block),
                   "\n");
    return;
  }
  const Text remark =
      out.remark.empty() ? Text("\n") : concat("  ", comment(comment_sign::yaml, "set by hand", out.remark));
  const std::optional<Text> flow = one_line(out);
  if (flow && (out.empty() || text.size() - line + 1 + characters(*flow) <= width)) {
    text += concat(" ", *flow, remark);
    return;
  }
  text += remark;
  if (out.form == OutValue::Form::map) return put_entries(out, indent + 2, text);
  for (const OutValue& item : out.items) {
    text += concat(Text(indent + 2, ' '), "-");
    put_value(item, indent + 2, text);
  }
}

void put_entries(const OutValue& map, std::size_t indent, Text& text) {
  const Text margin(indent, ' ');
  for (const auto& [key, value] : map.entries) {
    const Text word = scalar(key, Context::block);
    text += word.size() <= longest_key ? concat(margin, word, ":") : concat(margin, "? ", word, "\n", margin, ":");
    put_value(value, indent, text);
  }
}
}  // namespace

Text lay_out(const OutValue& document) {
  Text text;
  put_entries(document, 0, text);
  return text;
}

}  // namespace quoin::yaml
