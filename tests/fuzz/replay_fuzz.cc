// Any bytes as a migration's SQL: replaying and judging it never fails, its findings lie within it, and what it makes
// can be written in every form; what is written as YAML is read again to the same.
#include "core/sql/ast.h"
#include "fuzz.h"
#include "parser/names/names.h"
#include "parser/normal/normal.h"
#include "parser/replay/verify.h"
#include "parser/yaml/yaml.h"
#include "snapshot/documents/documents.h"

using namespace quoin;

namespace {

void check_places(const Verified& verified, std::string_view sql) {
  const Lines lines(sql);
  const int last = lines.at(sql.size()).line;
  for (const Finding& finding : verified.findings)
    if (finding.place.line < 0 || finding.place.line > last) broken("a finding lies in the file", finding.message);
  for (const ReplayedStatement& statement : verified.statements)
    if (statement.effects.begin > statement.effects.end || statement.effects.end > sql.size())
      broken("a statement lies in the file");
}

// Every identity of a schema stands under what is there, and what it needs is known to be used.
void check_schema(Schema& schema) {
  schema.each([&](const Object& object) {
    if (object.id->parent && !schema.find(object.id->parent)) broken("an object's parent is there", path(object.id));
  });
  for (const Object* object : std::as_const(schema).objects())
    for (Id used : object->needs)
      if (std::ranges::count(schema.users(used), object->id) != 1)
        broken("who needs an object is among its users", path(object->id));
}

void write_all(const Schema& schema) {
  const DocumentOptions options{"Fuzz", normal_in(schema), {}};
  write_markdown(schema, options);
  write_markdown_pages(schema, options);
  write_json(schema, options);
  write_mermaid(schema, options);
  write_yaml(schema);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  Migration migration;
  migration.version = "1";
  migration.up = {"1.sql", Text(text_of(data, size))};
  Ids ids;
  Schema schema = empty_database(ids);
  const Verified verified = verify({&migration, 1}, schema, {"$user", "public"});
  check_places(verified, migration.up.text);
  check_schema(schema);
  write_all(schema);
  normalise(schema);
  write_all(schema);
  return 0;
}
