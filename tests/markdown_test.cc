// DATABASE.md and the other documents: golden cases in tests/cases/snapshot, rewritten with QUOIN_UPDATE=1.
#include <filesystem>
#include <set>

#include "core/base/files.h"
#include "parser/normal/normal.h"
#include "parser/yaml/yaml.h"
#include "snapshot/documents/documents.h"
#include "snapshot/documents/markdown_text.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
const fs::path cases = fs::path(QUOIN_SOURCE_DIR) / "tests/cases/snapshot";

Schema schema_of_text(const Text& name, const Text& text, Ids& ids) {
  Findings findings;
  const YamlText file{name, text};
  Schema schema = read_yaml({&file, 1}, ids, {"$user", "public"}, findings);
  for (const Finding& found : findings) FAIL(concat(to_string(found.place), ": ", found.message));
  return schema;
}

DocumentOptions options_for(const Schema& schema) {
  return {"Database",
          [&schema](const FieldBase& field, std::string_view text, const Object& object) {
            return normal(field, text, object, schema);
          },
          {}};
}

void compare(const fs::path& file, const Text& now) {
  if (std::getenv("QUOIN_UPDATE")) write_file(file, now);
  INFO(file.string() << " (QUOIN_UPDATE=1 rewrites it)");
  CHECK(read_file(file) == now);
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// Every link's goal is there once.
void check_links(const Text& document) {
  std::multiset<Text> ids;
  for (std::size_t at = document.find("<a id=\""); at != Text::npos; at = document.find("<a id=\"", at + 1))
    ids.insert(document.substr(at + 7, document.find('"', at + 7) - at - 7));
  for (const Text& id : ids) {
    INFO(id);
    CHECK(ids.count(id) == 1);
  }
  for (std::size_t at = document.find("](#"); at != Text::npos; at = document.find("](#", at + 1)) {
    const Text goal = document.substr(at + 3, document.find(')', at) - at - 3);
    INFO(goal);
    const bool is_heading = goal == "diagram" || goal == "diagrams" || goal == "not-described-here";
    CHECK((is_heading || ids.contains(goal)));
  }
}

Text many_tables(int count) {
  Text text = "tables:\n";
  for (int i = 0; i < count; ++i) {
    const Text name = "table_" + std::to_string(i);
    text += concat("  ", name, ":\n    columns: { id: bigint not null, up: bigint }\n    primary_key: [id]\n");
    if (i > 0)
      text += concat("    foreign_keys: { fk_", name, ": (up) references table_", std::to_string(i / 3), " (id) }\n");
  }
  return text;
}
}  // namespace

TEST_CASE("documents of the golden cases") {
  for (const auto& entry : fs::directory_iterator(cases)) {
    Ids ids;
    const Schema schema =
        schema_of_text(entry.path().filename().string(), read_file(entry.path() / "schema.yaml"), ids);
    const DocumentOptions options = options_for(schema);
    const Text markdown = write_markdown(schema, options);
    compare(entry.path() / "DATABASE.md", markdown);
    compare(entry.path() / "schema.json", write_json(schema, options));
    check_links(markdown);
  }
}

TEST_CASE("what needs no reading order is written in one") {
  Ids ids, others;
  const Text first = "tables:\n  b: { columns: { x: integer } }\n  a: { columns: { x: integer } }\n";
  const Text second = "tables:\n  a: { columns: { x: integer } }\n  b: { columns: { x: integer } }\n";
  const Schema one = schema_of_text("one", first, ids), two = schema_of_text("two", second, others);
  CHECK(write_markdown(one, options_for(one)) == write_markdown(two, options_for(two)));
  CHECK(write_json(one, options_for(one)) == write_json(two, options_for(two)));
}

TEST_CASE("pictures that a code host draws: no more than it takes, no table twice") {
  Ids ids;
  const Schema schema = schema_of_text("many", many_tables(200), ids);
  const Text markdown = write_markdown(schema, options_for(schema));
  CHECK(count_of(markdown, "```mermaid") >= 7);
  for (std::size_t at = markdown.find("```mermaid"); at != Text::npos; at = markdown.find("```mermaid", at + 1)) {
    const Text picture = markdown.substr(at, markdown.find("\n```", at) - at);
    CHECK(picture.size() < 50000);
    CHECK(count_of(picture, " {\n") <= 30);
  }
  for (int i = 0; i < 200; ++i) CHECK(count_of(markdown, concat("  table_", std::to_string(i), " {\n")) == 1);
  CHECK(count_of(markdown, "}o--o|") == 199);
  check_links(markdown);
}

TEST_CASE("many tables are a folder of pages, and every link finds its goal") {
  Ids ids;
  const Text text =
      many_tables(70) + "  \"Odd\\nname\": { columns: { id: bigint } }\n  \"" + Text(31, '-') +
      "\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\u0416\": { columns: { id: bigint } }\n" +
      "views: { v: select id from table_0 }\nsequences: { numbers: { owned_by: public.table_1.id } }\n" +
      "extensions: [citext]\n";
  const Schema schema = schema_of_text("many", text, ids);
  const std::vector<Page> pages = write_markdown_pages(schema, options_for(schema));
  REQUIRE(pages.size() == 74);
  CHECK(pages.front().name == "README.md");
  std::map<Text, Text> by_name;
  for (const Page& page : pages) {
    by_name[page.name] = page.text;
    CHECK(page.name.size() < 230);
    CHECK(is_markdown_page(page.text));
  }
  for (const auto& [name, page] : by_name)
    for (std::size_t at = page.find(".md#"); at != Text::npos; at = page.find(".md#", at + 1)) {
      const std::size_t begin = page.rfind('(', at) + 1, end = page.find(')', at);
      const Text file = page.substr(begin, at + 3 - begin), goal = page.substr(at + 4, end - at - 4);
      INFO(name << " to " << file << " " << goal);
      REQUIRE(by_name.contains(file));
      CHECK(by_name[file].find(concat("<a id=\"", goal, "\"></a>")) != Text::npos);
    }
  const Text& first = by_name["public.table_1.md"];
  CHECK(first.find("SEQUENCE") != Text::npos);  // where its column is
  CHECK(count_of(first, "```mermaid") == 1);    // with its neighbours
  CHECK(by_name["README.md"].find("numbers") == Text::npos);
  CHECK(by_name["README.md"].find("| [table_3](public.table_3.md#table-public.table_3) | 2 | "
                                  "[table_1](public.table_1.md#table-public.table_1) |") != Text::npos);
}

TEST_CASE("few tables are one picture, with what hangs together") {
  Ids ids;
  const Schema schema = schema_of_text("few", many_tables(3), ids);
  CHECK(write_mermaid(schema, options_for(schema)) == R"(erDiagram
  table_0 {
    bigint id PK
  }
  table_1 {
    bigint id PK
    bigint up FK
  }
  table_2 {
    bigint id PK
    bigint up FK
  }
  table_1 }o--o| table_0 : "fk_table_1"
  table_2 }o--o| table_0 : "fk_table_2"
)");
}

TEST_CASE("Markdown survives what a database calls its things") {
  using namespace markdown;
  CHECK(escaped("a|b *c* <d> & [e](f) g_h _i_ `j`") == "a\\|b \\*c\\* &lt;d> &amp; \\[e\\](f) g_h \\_i\\_ \\`j\\`");
  CHECK(cell("one\ntwo|") == "one<br>two\\|");
  CHECK(code("a`b") == "``a`b``");
  CHECK(code("`a") == "`` `a ``");
  CHECK(code_cell("a|b") == "`a\\|b`");
  CHECK(fenced("x ``` y", "sql") == "````sql\nx ``` y\n````\n");
  CHECK(paragraphs("# a\n- b\n\nc") == "\\# a  \n\\- b\n\nc\n");
  CHECK(table({"A", "B", "C"}, {{"1", "", "2"}, {"3", "", ""}}) == "| A | C |\n| --- | --- |\n| 1 | 2 |\n| 3 | |\n");
}
