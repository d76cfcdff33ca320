#include <charconv>
#include <optional>

#include "core/model/member.h"
#include "core/sql/ast.h"
#include "parser/names/resolver.h"
#include "parser/yaml/reader.h"
#include "parser/yaml/scalar.h"
#include "parser/yaml/traps.h"

namespace quoin::yaml {
namespace {

/// SQL that parses exactly where `text` is well-formed for its role.
struct Frame {
  std::string_view before, after;
};
std::optional<Frame> frame_of(Role role, std::string_view text) {
  const RoleRow& row = row_of(role);
  const bool excludes = row.syntax == Syntax::key && lower(text).find(" with ") != Text::npos;
  if (excludes) return Frame{"ALTER TABLE t ADD EXCLUDE (", ")"};
  if (row.before.empty() && row.syntax != Syntax::query) return std::nullopt;
  return Frame{row.before, row.after};
}

bool is_sql(Role role) { return row_of(role).is_sql; }
bool names_column(Role role) { return row_of(role).column != ColumnOf::nothing; }
bool spans_lines(const File& file, const Node& node) {
  if (node.style == Style::block) return file.source[node.begin] == '>';
  if (node.style == Style::quoted) return false;
  const std::size_t end = end_of_plain(file.source, node.begin, node.value);
  return std::string_view(file.source).substr(node.begin, end - node.begin).find('\n') != std::string_view::npos;
}

/// Text that keeps its layout where it has several lines: bodies and queries are shown as they were written.
Text without_margin(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == ';')) text.remove_suffix(1);
  return Text(trim(text));
}

/// An item that a list's map stands for: "name type" of a member, "key=value" of a setting.
Text paired(Role role, const Text& key, const Text& value) {
  if (role == Role::member) return concat(quote_ident(key), " ", value);
  return concat(key, "=", value);
}
}  // namespace

void Values::report(const YamlValue& yaml, RuleName rule, Text message, Text hint) {
  Finding found = finding(*yaml.file, yaml.node->place, {rule, std::move(message), std::move(hint)});
  if (yaml.id) found.object = path(yaml.id);
  if (yaml.node->style == Style::plain && yaml.node->is(Shape::scalar))
    found.width = std::max(1, static_cast<int>(characters(yaml.node->value)));
  findings_.push_back(std::move(found));
}

void Values::report_sql(const YamlValue& yaml, const Error& error, std::string_view sql, std::size_t prefix) {
  const Node& node = *yaml.node;
  YamlValue at = yaml;
  Node placed = node;
  std::size_t offset = 0;
  for (int line = 1; line < error.where.line && offset < sql.size(); ++line) offset = sql.find('\n', offset) + 1;
  for (int column = 1; column < error.where.column && offset < sql.size(); ++column) do
      ++offset;
    while (offset < sql.size() && (static_cast<unsigned char>(sql[offset]) & 0xc0) == 0x80);
  const std::size_t in_text = std::min(offset < prefix ? 0 : offset - prefix, node.value.size());
  const LineColumn within = line_column(node.value, in_text);
  if (node.style == Style::block && yaml.file->source[node.begin] == '|') {
    const std::size_t body = yaml.file->source.find('\n', node.begin) + 1;
    const std::size_t first = yaml.file->source.find_first_not_of(" \n", body);
    const int margin = first == Text::npos ? 0 : yaml.file->lines().at(first).column - 1;
    placed.place.line += within.line;
    placed.place.column = margin + within.column;
  } else if (node.style != Style::block && !spans_lines(*yaml.file, node)) {
    placed.place.column += within.column - 1 + (node.style == Style::quoted ? 1 : 0);
  }
  placed.style = Style::quoted;  // the caret underlines one sign
  at.node = &placed;
  report(at, "yaml-sql", concat(yaml.id ? path(yaml.id) + ": " : Text(), error.what()),
         error.hint.empty() ? "mend the SQL, or quote it where YAML has cut it" : error.hint);
}

void Values::check_comments(const YamlValue& yaml) {
  if (!spans_lines(*yaml.file, *yaml.node)) return;
  for (const ast::Comment& comment : ast::comments(yaml.node->value))
    if (std::string_view(yaml.node->value).substr(comment.begin).starts_with("--"))
      return report(yaml, "yaml-comment", "YAML joins these lines, so that the -- comment swallows those after it",
                    "begin the value with | on a line of its own, which keeps line ends");
}

std::optional<Text> Values::text(const YamlValue& yaml) {
  const Node& node = *yaml.node;
  if (node.is(Shape::scalar)) {
    if (node.comment.line != 0) {
      Node sign = node;
      sign.place = node.comment;
      sign.style = Style::quoted;
      report(
          {yaml.file, &sign, yaml.id}, "yaml-comment", "YAML takes everything from this # on for a comment",
          concat(quote_advice(yaml.file->source, node.begin, node.in_flow), "; or put a comment on a line of its own"));
      return std::nullopt;
    }
    return node.value;
  }
  if (node.is(Shape::null) && !node.value.empty())
    report(yaml, "yaml-null", concat("YAML reads ", node.value, " as nothing"),
           concat("quote it: ", quoted(node.value)));
  else if (node.is(Shape::null))
    report(yaml, "yaml-value", "a value is missing here", "write it after the colon, or take the key away");
  else
    report(yaml, "yaml-value", concat("a text belongs here, not a ", node.is(Shape::map) ? "map" : "list"),
           concat("where YAML took SQL for it, ", quote_advice(yaml.file->source, node.begin, node.in_flow)));
  return std::nullopt;
}

std::optional<Text> Values::former_name(const YamlValue& yaml) {
  std::optional<Text> name = text(yaml);
  if (!name || !name->empty()) return name;
  report(yaml, "yaml-value", "renamed_from is empty", "write the name before, or take the key away");
  return std::nullopt;
}

// Parsed once: the tree waits for whoever resolves the names in it.
std::optional<Text> Values::with_tree(Role role, const Text& text, Id id) {
  if (!has_syntax(role)) return std::nullopt;
  try {
    Fragment fragment = parse_fragment(role, text);
    Text shown = role == Role::type ? print_fragment(role, fragment) : text;
    if (id && !is_builtin_type(role, shown)) parsed_[id].keep(role, shown, std::move(fragment));
    return shown;
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    return std::nullopt;  // what it lacks is told below, with its place
  }
}

std::optional<Text> Values::sql(Role role, Text text, const YamlValue& yaml) {
  if (std::optional<Text> good = with_tree(role, text, yaml.id)) return good;
  std::string_view before;
  Text whole = text;
  try {
    if (role == Role::type) {
      before = lower(text).starts_with("setof ") ? std::string_view(text).substr(0, 6) : "";
      ast::Tree::parse_type(text.substr(before.size()));
    } else if (role == Role::expression) {
      ast::Tree::parse_expression(text);
    } else if (const auto frame = frame_of(role, text)) {
      before = frame->before;
      whole = concat(before, text, frame->after);
      const ast::Tree tree = ast::Tree::parse(whole);
      if (tree.statements().size() != 1)
        throw Error(Code::input, concat("one ", role == Role::query ? "query" : "statement", " belongs here"));
    }
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    report_sql(yaml, error, whole, before.size());
    return std::nullopt;
  }
  return text;
}

Text part_name(const FieldBase& field, const Text& item) {
  return field.role == Role::member ? unquote_ident(member_of(item).name) : item;
}

namespace {
bool takes_former_name(const FieldBase& field, const YamlValue& yaml) {
  return (field.role == Role::text || field.role == Role::member) && yaml.node->is(Shape::map) && yaml.id &&
         yaml.id->kind->sql.rename_part;
}
}  // namespace

// { name: …, renamed_from: … }
std::optional<Text> Values::part(const YamlValue& yaml) {
  const Node& node = *yaml.node;
  for (const Node& key : node.keys)
    if (key.value != "name" && key.value != "renamed_from")
      report({yaml.file, &key, yaml.id}, "yaml-key", concat("\"", key.value, "\" says nothing of a name in this list"),
             "write { name: …, renamed_from: … }");
  const Node* name = node.find("name");
  if (name) return text({yaml.file, name, yaml.id});
  report(yaml, "yaml-value", "a name is missing here", "write { name: …, renamed_from: … }");
  return std::nullopt;
}

void Values::renamed_parts(Object& object, const FieldBase& field, const YamlValue& list) {
  if (!object.id->kind->sql.rename_part) return;
  for (const Node& item : list.node->items) {
    const Node *name = item.is(Shape::map) ? item.find("name") : nullptr,
               *old = name ? item.find("renamed_from") : nullptr;
    if (!old || !name->is(Shape::scalar)) continue;
    if (const std::optional<Text> before = former_name({list.file, old, list.id}))
      object.renamed_parts.emplace_back(*before, part_name(field, name->value));
  }
}

std::optional<Text> Values::word(const FieldBase& field, const YamlValue& yaml) {
  Text given = lower(yaml.node->value);
  const List known =
      yaml.id && yaml.id->kind->yaml.words ? yaml.id->kind->yaml.words(yaml.id, field) : split(field.words, '|');
  if (std::ranges::count(known, given)) return given;
  const std::optional<Text> near = nearest(given, known);
  const Text where = yaml.id && yaml.id->kind->yaml.words ? concat(" of a ", yaml.id->parent->kind->name) : Text();
  report(yaml, "yaml-value", concat("\"", yaml.node->value, "\" is not known for ", field.name, where),
         near ? concat("did you mean ", *near, "?") : concat("one of: ", join(known, ", ")));
  return std::nullopt;
}

namespace {
// 2024-01-31, which SQL takes for a subtraction.
bool is_date(std::string_view text) {
  int part = 0;
  std::size_t digits[3] = {};
  for (const char c : text) {
    if (c == '-' && digits[part] > 0 && ++part < 3) continue;
    if (part > 2 || c < '0' || c > '9') return false;
    ++digits[part];
  }
  return part == 2 && digits[0] == 4 && digits[1] <= 2 && digits[2] > 0 && digits[2] <= 2;
}

// What stands behind the word.
std::string_view default_in(std::string_view shorthand) {
  constexpr std::string_view word = " default ";
  const std::size_t at = lower(shorthand).find(word);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = shorthand.substr(at + word.size());
  return rest.substr(0, rest.find_first_of(" ,)"));
}
}  // namespace

bool Values::is_date_alone(std::string_view sql, const YamlValue& yaml) {
  if (!is_date(trim(sql))) return false;
  const Text text = quote_literal(trim(sql));
  report(yaml, "yaml-value", concat("SQL takes ", trim(sql), " for a subtraction"),
         concat("quote it: ", text, " (as a value of its own in YAML: ", quoted(text), ")"));
  return true;
}

bool Values::has_date_as_default(std::string_view shorthand, const YamlValue& yaml) {
  return is_date_alone(default_in(shorthand), yaml);
}

std::optional<Text> Values::item(const FieldBase& field, const YamlValue& yaml) {
  if (takes_former_name(field, yaml)) {
    const std::optional<Text> name = part(yaml);
    if (!name || field.role == Role::text) return name;
    return item(field, {yaml.file, yaml.node->find("name"), yaml.id});
  }
  if (!field.words.empty() && yaml.node->is(Shape::scalar)) return word(field, yaml);
  std::optional<Text> given = text(yaml);
  if (!given) return given;
  const bool may_be_blank = !is_sql(field.role) || field.role == Role::body || names_column(field.role);
  const bool is_empty = may_be_blank ? given->empty() : trim(*given).empty();
  if (is_empty && (field.presence == Presence::filled || (field.role != Role::text && field.role != Role::body))) {
    report(yaml, "yaml-value", concat(field.name, " is empty"), "write what it is, or take the key away");
    return std::nullopt;
  }
  if (field.role == Role::parameter) return is_setting(yaml, *given) ? given : std::nullopt;
  if (!is_sql(field.role)) return given;
  check_comments(yaml);
  if (field.role == Role::body || names_column(field.role)) return given;
  if (field.role == Role::expression && is_date_alone(*given, yaml)) return std::nullopt;
  return sql(field.role, without_margin(*given), yaml);
}

// "a, b" where two names were meant, which YAML takes for one.
bool Values::is_plain_list(const FieldBase& field, const YamlValue& yaml) {
  const Text& value = yaml.node->value;
  const bool is_one = is_sql(field.role) || takes_map(field.role) || value.find(',') == Text::npos;
  if (!yaml.node->is(Shape::scalar) || is_one) return true;
  List parts;
  for (const Text& part : split(value, ',')) parts.emplace_back(trim(part));
  report(yaml, "yaml-value", concat("this is one text, with a comma in it"),
         concat("write [", join(parts, ", "), "], or [", quoted(value), "] where one is meant"));
  return false;
}

// A setting without its value, or what cannot be the name of one.
bool Values::is_setting(const YamlValue& yaml, std::string_view text) {
  const std::string_view name = text.substr(0, text.find('='));
  const auto in_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  if (!name.empty() && name.size() < text.size() && std::ranges::all_of(name, in_name)) return true;
  report(yaml, "yaml-value", concat("\"", text, "\" is not a name with its value"), "write { name: value }");
  return false;
}

std::optional<Value> Values::boolean(const YamlValue& yaml) {
  const Node& node = *yaml.node;
  if (node.is(Shape::scalar) && (node.value == "true" || node.value == "false")) return node.value == "true";
  report(yaml, "yaml-value", "true or false belongs here", "write one of them, without quotes");
  return std::nullopt;
}

std::optional<Value> Values::number(const YamlValue& yaml) {
  const Text& value = yaml.node->value;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (yaml.node->is(Shape::scalar) && error == std::errc() && end == value.data() + value.size()) return number;
  report(yaml, "yaml-value", "a whole number belongs here", "write its digits alone");
  return std::nullopt;
}

std::optional<Text> Values::pair(const FieldBase& field, const Text& key, const YamlValue& value) {
  const std::optional<Text> given = text(value);
  if (!given) return std::nullopt;
  Text both = paired(field.role, key, *given);
  if (field.role == Role::member && !sql(field.role, both, value)) return std::nullopt;
  return both;
}

Value Values::list(const FieldBase& field, const YamlValue& yaml) {
  List items;
  const Node& node = *yaml.node;
  const auto keep = [&](std::optional<Text> value) {
    if (value) items.push_back(std::move(*value));
  };
  if (node.is(Shape::list)) {
    for (const Node& each : node.items) keep(item(field, {yaml.file, &each, yaml.id}));
  } else if (node.is(Shape::map) && takes_map(field.role)) {
    for (std::size_t i = 0; i < node.keys.size(); ++i)
      keep(pair(field, node.keys[i].value, {yaml.file, &node.values[i], yaml.id}));
  } else if (node.is(Shape::map)) {
    report(yaml, "yaml-value", concat(field.name, " takes a list, not a map"), "write [one, another]");
  } else if (is_plain_list(field, yaml)) {
    keep(item(field, yaml));
  }
  const std::size_t given = node.items.size() + node.keys.size() + (node.is(Shape::scalar) ? 1 : 0);
  if (field.presence == Presence::filled && given == 0 && !node.is(Shape::null))
    report(yaml, "yaml-value", concat(field.name, " names nothing"), concat("write at least one: ", field.doc));
  return items;
}

Value Values::value(const FieldBase& field, const YamlValue& yaml) {
  if (field.shape == shape_of<List>) return list(field, yaml);
  std::optional<Value> read;
  if (field.shape == shape_of<bool>) {
    read = boolean(yaml);
  } else if (field.shape == shape_of<std::int64_t>) {
    read = number(yaml);
  } else if (std::optional<Text> given = item(field, yaml)) {
    read = std::move(*given);
  }
  return read ? std::move(*read) : Value();
}

}  // namespace quoin::yaml
