#include "rows/literals.h"

#include <array>

#include "core/sql/ast.h"

namespace quoin::rows {
namespace {

struct Form {
  std::string_view types;  // names, each between blanks
  std::array<std::string_view, 8> plain, edges;
};
constexpr Form forms[] = {
    {" bool ", {"true", "false"}, {}},
    {" int2 ", {"11", "22", "3", "40", "5", "17", "8", "29"}, {"-32768", "32767", "0", "-1"}},
    {" int4 ", {"11", "22", "3", "40", "5", "17", "8", "29"}, {"-2147483648", "2147483647", "0", "-1", "40000"}},
    {" int8 ",
     {"11", "22", "3", "40", "5", "17", "8", "29"},
     {"-9223372036854775808", "9223372036854775807", "0", "-1", "3000000000"}},
    {" numeric ",
     {"1.5", "22.25", "3", "40.5", "7.75", "0.5"},
     {"-12.34", "0", "100000.01", "NaN", "Infinity", "0.000000000001"}},
    {" float4 float8 ",
     {"1.5", "22.25", "3", "40.5", "7.75", "0.5"},
     {"-1.25e-7", "Infinity", "-Infinity", "NaN", "0"}},
    {" money ", {"1.50", "22.25", "3", "40.50", "7.75"}, {"-3.25", "0"}},
    {" date ",
     {"2001-01-05", "2012-12-31", "1999-06-15", "2024-02-29", "2020-10-10"},
     {"infinity", "-infinity", "0044-03-15 BC", "1900-01-01"}},
    {" timestamp timestamptz ",
     {"2001-01-05 10:20:30", "2012-12-31 23:59:59", "1999-06-15 00:00:00", "2024-02-29 12:00:00",
      "2020-10-10 01:02:03"},
     {"infinity", "-infinity", "2001-01-01 00:00:00.123456", "1900-07-01 06:00:00"}},
    {" time timetz ", {"10:20:30", "23:59:59", "01:02:03", "12:00:00"}, {"00:00:00", "24:00:00", "10:20:30.123456"}},
    {" interval ", {"11 mins", "2 days", "3 mons", "04:05:06"}, {"-1 days", "1 year 2 mons 3 days 04:05:06.789", "0"}},
    {" uuid ",
     {"11111111-0000-4000-8000-000000000001", "22222222-0000-4000-8000-000000000002",
      "33333333-0000-4000-8000-000000000003", "44444444-0000-4000-8000-000000000004"},
     {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"}},
    {" json jsonb ", {"{\"k\": 11}", "{\"k\": \"v\"}", "[1, 2]", "\"text\"", "3"}, {"{}", "[]", "null", "true"}},
    {" bytea ", {"\\x0b01", "\\x1602", "\\x03", "\\x2804"}, {"\\x", "\\x00ff"}},
    {" inet cidr ",
     {"10.1.0.0/16", "10.2.2.0/24", "192.168.3.3/32", "10.4.0.0/16"},
     {"0.0.0.0/0", "2001:db8:0:0:0:0:0:0/32"}},
    {" char ", {"a", "b", "c", "d"}, {}},
    {" text varchar bpchar name citext ",
     {"alpha", "Beta", "gamma 3", "delta", "x@example.com", "1024", "https://example.com/"},
     {"Größe 漢字", "007", "", " padded ", "it's \"quoted\", \\(x) {y}", "-5"}},
};
constexpr Form unknown_form{"",
                            {"11", "22", "a", "b", "(1,2)", "a=>1", "a.b", "POINT(1 2)"},
                            {"<a/>", "0/11", "08:00:2b:01:02:03", "08:00:2b:01:02:03:04:05", "{1,2,3}", "<(1,2),3>",
                             "((0,0),(1,2),(1,0))", "pg_catalog.pg_class"}};

List listed(const std::array<std::string_view, 8>& texts) {
  List all;
  for (const std::string_view text : texts)
    if (text.data() != nullptr) all.emplace_back(text);
  return all;
}

// As array_out and record_out have it: a part in quotes is read as it stands, whatever it holds.
Text parts_joined(const Parts& parts, std::string_view null) {
  Text all;
  for (const auto& part : parts) {
    if (&part != &parts.front()) all += ',';
    if (!part) {
      all += null;
      continue;
    }
    all += '"';
    for (const char c : *part) {
      if (c == '"' || c == '\\') all += '\\';
      all += c;
    }
    all += '"';
  }
  return all;
}

void add_number(std::int64_t number, List& found) {
  for (const int beside : {0, 1, -1}) found.push_back(std::to_string(number + beside));
  if (number < 1 || number > 64) return;
  for (const std::string_view digits : {"abcdefghij", "1234567890"}) {
    Text text;
    while (text.size() < static_cast<std::size_t>(number)) text += digits[text.size() % digits.size()];
    found.push_back(std::move(text));
  }
}

void add_constants(ast::Node node, List& found) {
  if (node.is("A_Const") && node.has("sval")) found.emplace_back(node["sval"].text());
  if (node.is("A_Const") && node.has("fval")) found.emplace_back(node["fval"].text());
  if (node.is("A_Const") && node.has("ival")) add_number(node["ival"].number(), found);
  for (const auto& [name, field] : node.fields()) add_constants(field, found);
  for (const ast::Node item : node) add_constants(item, found);
}
}  // namespace

Pool literals_of(std::string_view type_name) {
  const Text word = concat(" ", type_name, " ");
  const auto* const found =
      std::ranges::find_if(forms, [&](const Form& form) { return form.types.find(word) != Text::npos; });
  const Form& form = found == std::end(forms) ? unknown_form : *found;
  return {listed(form.plain), listed(form.edges)};
}

Text array_literal(const Parts& elements) { return concat("{", parts_joined(elements, "NULL"), "}"); }
Text row_literal(const Parts& attributes) { return concat("(", parts_joined(attributes, ""), ")"); }

List constants_in(std::string_view expression) {
  List found;
  try {
    add_constants(ast::Tree::parse_expression(expression).root(), found);
  } catch (const Error&) { found.clear(); }  // newer than the grammar: tells nothing
  return found;
}

}  // namespace quoin::rows
