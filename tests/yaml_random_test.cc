// Every text that quoin writes as YAML is read back by quoin as that text, wherever it stands.
#include <cstdlib>
#include <iostream>
#include <random>

#include "kinds/database/template.h"
#include "kinds/list.h"
#include "parser/yaml/layout.h"
#include "parser/yaml/tree.h"
#include "tests/catch.h"
#include "tests/yaml_reading.h"

using namespace quoin;

namespace {
/// QUOIN_SEED repeats a run.
unsigned seed_of_run() {
  const char* given = std::getenv("QUOIN_SEED");
  const unsigned seed = given ? static_cast<unsigned>(std::stoul(given)) : std::random_device()();
  std::cout << "random texts as YAML: QUOIN_SEED=" << seed << "\n";
  return seed;
}

/// Texts of what YAML, SQL and people put together, most of them short.
class Texts {
 public:
  explicit Texts(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t count) { return random_() % count; }
  int count() const { return count_; }
  Text next() {
    ++count_;
    const std::size_t pieces = below(20) == 0 ? 10 + below(60) : below(6);
    Text text;
    for (std::size_t i = 0; i < pieces; ++i) text += piece();
    return text;
  }
  /// As PostgreSQL can hold it: not empty, at most 63 bytes.
  Text name() {
    Text name = next();
    while (name.empty() || name.size() > 55) name = next();
    return name + std::to_string(++names_);
  }

 private:
  std::string_view piece() {
    static constexpr std::string_view pieces[] = {" ",
                                                  " ",
                                                  "  ",
                                                  "\n",
                                                  "\n\n",
                                                  "\t",
                                                  "\r\n",
                                                  "\r",
                                                  "\x7f",
                                                  "\x01",
                                                  "\x1b",
                                                  "\v",
                                                  "a",
                                                  "b",
                                                  "word",
                                                  "Some words",
                                                  "é",
                                                  "€",
                                                  "𝄞",
                                                  "\u0085",
                                                  "\u00a0",
                                                  "\u2028",
                                                  "\u2029",
                                                  "\ufeff",
                                                  "\ufffe",
                                                  "\uffff",
                                                  "null",
                                                  "~",
                                                  "yes",
                                                  "no",
                                                  "on",
                                                  "y",
                                                  "true",
                                                  "1",
                                                  "0x1f",
                                                  "1e3",
                                                  "12:30",
                                                  ".5",
                                                  "2001-01-01",
                                                  "<<",
                                                  "=",
                                                  ":",
                                                  ": ",
                                                  ":\n",
                                                  " :",
                                                  "::text",
                                                  "#",
                                                  " #",
                                                  "# ",
                                                  " # ",
                                                  "?",
                                                  "? ",
                                                  " ?",
                                                  "Is it lit?",
                                                  "x? y",
                                                  "-",
                                                  "- ",
                                                  "--",
                                                  "-- ",
                                                  "---",
                                                  "---\n",
                                                  "...",
                                                  "...\n",
                                                  "%",
                                                  "%YAML 1.2\n",
                                                  "@",
                                                  "`",
                                                  "&",
                                                  "&a ",
                                                  "*",
                                                  "*a",
                                                  "!",
                                                  "!!str ",
                                                  "|",
                                                  "|\n",
                                                  ">",
                                                  ">-\n",
                                                  "'",
                                                  "''",
                                                  "\"",
                                                  "\\",
                                                  "\\n",
                                                  "\\0",
                                                  "(",
                                                  ")",
                                                  "[",
                                                  "]",
                                                  "{",
                                                  "}",
                                                  ",",
                                                  ", ",
                                                  "{ a: b }",
                                                  "[a, b]",
                                                  "/*",
                                                  "*/",
                                                  "$$",
                                                  ";",
                                                  "numeric(10,2)",
                                                  "\"Col\" desc",
                                                  "a #> b",
                                                  "a long line of words that would be folded somewhere after the "};
    return pieces[below(std::size(pieces))];
  }
  std::mt19937 random_;
  int names_ = 0, count_ = 0;
};

/// A map with one text as each: a key, a value, an item, and the same inside { } and [ ].
yaml::OutValue document_of(const List& texts) {
  using yaml::OutValue;
  OutValue document = OutValue::map(), map = OutValue::map(), block = OutValue::map(), list = OutValue::list();
  block.block = true;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Text number = std::to_string(i);
    map.add(number + texts[i], OutValue::string(texts[i]));
    block.add(texts[i] + number, OutValue::string(texts[i]));
    list.items.push_back(OutValue::string(texts[i]));
    document.add("v" + number, OutValue::string(texts[i]));
  }
  document.add("map", map);
  document.add("block", block);
  document.add("list", list);
  OutValue nested = OutValue::list();
  nested.items.push_back(map);
  nested.items.push_back(list);
  document.add("nested", nested);
  return document;
}

void compare(const yaml::OutValue& out, const yaml::Node& node, List& wrong) {
  using yaml::Shape;
  if (out.form == yaml::OutValue::Form::text || out.form == yaml::OutValue::Form::raw) {
    if (!node.is(Shape::scalar) || node.value != out.text) wrong.push_back(out.text);
    return;
  }
  const bool is_map = out.form == yaml::OutValue::Form::map;
  if (node.keys.size() != out.entries.size() || node.items.size() != out.items.size() || node.is(Shape::map) != is_map)
    return wrong.push_back("another shape");
  for (std::size_t i = 0; i < out.items.size(); ++i) compare(out.items[i], node.items[i], wrong);
  for (std::size_t i = 0; i < out.entries.size(); ++i) {
    if (node.keys[i].value != out.entries[i].first) wrong.push_back("key " + out.entries[i].first);
    compare(out.entries[i].second, node.values[i], wrong);
  }
}

const Kind& kind(std::string_view name) { return *kind_named(name); }

/// A schema with a text in each place that a schema has for one.
class Shelf {
 public:
  Shelf(Ids& ids, Texts& texts) : schema_(ids), texts_(texts) { add_template(schema_); }
  Schema fill();

 private:
  Object& add(std::string_view name_of_kind, Id parent, Text name, Text signature = {}) {
    return schema_.add(schema_.ids().of(kind(name_of_kind), parent, std::move(name), std::move(signature)));
  }
  void comment(Id id) { add("comment", id, "").put("text", "c" + texts_.next()); }
  Text literal() { return quote_literal(texts_.next()); }
  Id type();
  void table(Id schema, Id type);
  void routine(Id schema);
  Schema schema_;
  Texts& texts_;
};

Id Shelf::type() {
  const Id schema = add("schema", Id(), texts_.name()).id;
  comment(schema);
  List labels;
  for (int i = 0; i < 5; ++i) labels.push_back(texts_.name());
  Object& one = add("enum", schema, texts_.name());
  one.put("enum", labels);
  comment(one.id);
  return one.id;
}

void Shelf::table(Id schema, Id type) {
  const Id table = add("table", schema, texts_.name()).id;
  comment(table);
  const Text first = texts_.name(), second = texts_.name();
  const Id column = add("column", table, first).id;
  schema_.find(column)->put("type", Text("text"));
  schema_.find(column)->renamed_from = texts_.name();
  add("default", column, "").put("expression", literal());
  comment(column);
  const Id other = add("column", table, second).id;
  schema_.find(other)->put("type", qualified(type));
  Object& check = add("check", table, texts_.name());
  check.put("expression", concat(quote_ident(first), " <> ", literal()));
  comment(check.id);
  Object& index = add("index", table, texts_.name());
  index.put("keys", List{quote_ident(second), concat("(", quote_ident(first), " || ", literal(), ")")});
  index.put("where", concat(quote_ident(first), " = ", literal()));
  Object& unique = add("unique", table, texts_.name());
  unique.put("columns", List{second, first});
  add("policy", table, texts_.name()).put("using", concat(quote_ident(first), " = ", literal()));
}

void Shelf::routine(Id schema) {
  const Text argument = quote_ident(texts_.name());
  Object& function = add("function", schema, texts_.name(), "(text)");
  function.put("arguments", List{concat(argument, " text DEFAULT ", literal())});
  function.put("returns", Text("text"));
  function.put("language", Text("plpgsql"));
  function.put("body", texts_.next() + "x");
  comment(function.id);
}

Schema Shelf::fill() {
  const Id one = type();
  const Id schema = one->parent;
  table(schema, one);
  routine(schema);
  return std::move(schema_);
}

/// What of `wanted` is not in `there` as it was written.
List lost(const Schema& wanted, const Schema& there) {
  List all;
  wanted.each([&](const Object& object) {
    const Object* same = there.find(object.id);
    if (!same) return all.push_back("lost: " + path(object.id));
    if (same->renamed_from != object.renamed_from) all.push_back("another old name: " + path(object.id));
    for (const FieldBase* field : object.id->kind->fields)
      if (object.has(*field) && object.value(*field) != same->value(*field))
        all.push_back(concat("another ", field->name, ": ", path(object.id)));
  });
  return all;
}
}  // namespace

TEST_CASE("whatever text is written as YAML is read back as that text, in every position") {
  Texts texts(seed_of_run());
  for (int round = 0; round < 2000; ++round) {
    List some;
    for (std::size_t i = 0; i < 10; ++i) some.push_back(texts.next());
    const yaml::OutValue document = document_of(some);
    const Text written = yaml::lay_out(document);
    Findings findings;
    const yaml::File file = yaml::read({"random.yaml", written}, findings);
    List wrong;
    if (file.documents.size() == 1) compare(document, file.documents[0], wrong);
    if (findings.empty() && wrong.empty() && file.documents.size() == 1) continue;
    INFO(written);
    CHECK(said(findings) == "");
    CHECK(file.documents.size() == 1);
    CHECK(wrong == List());
    return;
  }
  CHECK(texts.count() >= 20000);
}

TEST_CASE("whatever a database calls its things, its YAML is read back as they are") {
  Texts texts(seed_of_run());
  for (int round = 0; round < 300; ++round) {
    Ids ids;
    const Schema schema = Shelf(ids, texts).fill();
    const Text written = write_yaml(schema);
    Findings findings;
    const YamlText file{"random.yaml", written};
    const Schema again = read_yaml({&file, 1}, ids, usual, findings);
    const List all = lost(schema, again);
    if (findings.empty() && all.empty() && write_yaml(again) == written) continue;
    INFO(written);
    CHECK(said(findings) == "");
    CHECK(all == List());
    CHECK(write_yaml(again) == written);
    return;
  }
  CHECK(texts.count() >= 6000);
}
