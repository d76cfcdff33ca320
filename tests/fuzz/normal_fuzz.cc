// Any bytes as the text of a field: its normal form is its own normal form, and parses wherever the text does.
#include "fuzz.h"
#include "parser/names/fragment.h"
#include "parser/normal/normal.h"
#include "parser/replay/replay.h"

using namespace quoin;

namespace {
constexpr Role roles[] = {Role::type, Role::expression, Role::query, Role::key, Role::member, Role::argument};

// What the fields of these objects stand on: a table with two columns, so that names may be found.
constexpr std::string_view basis =
    "CREATE TABLE t (a integer PRIMARY KEY, b text); CREATE TABLE u (a integer REFERENCES t, c date);"
    "CREATE VIEW v AS SELECT a FROM t; CREATE INDEX i ON t (b);";

bool parses(Role role, std::string_view text) {
  try {
    parse_fragment(role, text);
    return true;
  } catch (const Error& error) {
    if (error.code != Code::input) broken("a text that does not parse is a mistake of its own", error.what());
    return false;
  }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  const Role role = roles[data[0] % std::size(roles)];
  const std::string_view text = text_of(data + 1, size - 1);
  if (!parses(role, text)) return 0;
  Ids ids;
  Schema schema = empty_database(ids);
  Findings findings;
  Replay(schema, {"public"}).run(basis, "basis.sql", findings);
  FieldBase field{};
  field.name = "field";
  field.role = role;
  field.counts = Counts::yes;
  field.shape = shape_of<Text>;
  const Object* on = nullptr;
  schema.each([&](const Object& object) {
    if (object.id->name == (role == Role::query ? "v" : "i")) on = &object;
  });
  const Text once = normal(field, text, *on, schema);
  if (!parses(role, once)) broken("a normal form parses", once);
  const Text twice = normal(field, once, *on, schema);
  if (twice != once) broken("the normal form of a normal form is itself", concat(once, "\n", twice));
  return 0;
}
