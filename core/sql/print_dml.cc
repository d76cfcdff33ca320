#include "core/sql/print_printer.h"

namespace quoin::ast::detail {

void Printer::insert_column(Node target) {
  ident(target["name"].text());
  indirection_items(target["indirection"]);
}

void Printer::insert(Node node) {
  if (node.has("withClause")) with(node["withClause"]);
  add("INSERT INTO ");
  name(node["relation"]);
  if (node["relation"].has("alias")) add(" AS");
  alias(node["relation"]);
  if (node["cols"].size() > 0) {
    add(" (");
    separated(node["cols"].items(), &Printer::insert_column);
    add(")");
  }
  std::string_view override = node["override"].text();
  if (override == "OVERRIDING_USER_VALUE") add(" OVERRIDING USER VALUE");
  if (override == "OVERRIDING_SYSTEM_VALUE") add(" OVERRIDING SYSTEM VALUE");
  line();
  node.has("selectStmt") ? query(node["selectStmt"]) : add("DEFAULT VALUES");
  if (node.has("onConflictClause")) on_conflict(node["onConflictClause"]);
  returning(node);
}

void Printer::index_element(Node element) {
  if (element.has("name")) {
    ident(element["name"].text());
  } else {
    Node key = element["expr"];
    expression(key, key.is("FuncCall") && precedence(key) == primary ? none : above(primary));
  }
  if (element["collation"].size() > 0) {
    add(" COLLATE ");
    name(element["collation"]);
  }
  if (element["opclass"].size() > 0) {
    add(" ");
    name(element["opclass"]);
    class_options(element["opclassopts"]);
  }
  // What the order implies is not said.
  const bool descends = element["ordering"].text() == "SORTBY_DESC";
  const std::string_view nulls = element["nulls_ordering"].text();
  if (descends) add(" DESC");
  if (descends && nulls == "SORTBY_NULLS_LAST") add(" NULLS LAST");
  if (!descends && nulls == "SORTBY_NULLS_FIRST") add(" NULLS FIRST");
}

// As the catalog deparses them: (siglen='32').
void Printer::class_options(Node options) {
  std::string_view before = " (";
  for (Node option : options) {
    const Node value = option["arg"];
    const Text text = value.is("Integer")    ? std::to_string(value.number())
                      : value.is("TypeName") ? print_name(value["names"])
                                             : Text(value.text());
    add(std::exchange(before, ", "), quote_ident(option["defname"].text()), "=", quote_literal(text));
  }
  if (options.size() > 0) add(")");
}

void Printer::on_conflict(Node node) {
  line();
  add("ON CONFLICT");
  if (Node infer = node["infer"]) {
    if (infer.has("conname")) add(" ON CONSTRAINT ", quote_ident(infer["conname"].text()));
    if (infer["indexElems"].size() > 0) {
      add(" (");
      separated(infer["indexElems"].items(), &Printer::index_element);
      add(")");
    }
    if (infer.has("whereClause")) {
      add(" WHERE ");
      expression(infer["whereClause"]);
    }
  }
  if (node["action"].text() != "ONCONFLICT_UPDATE") return add(" DO NOTHING");
  add(" DO UPDATE SET ");
  assignments(node["targetList"]);
  where(node["whereClause"]);
}

void Printer::assignments(Node list) {
  std::span<const Node> targets = list.items();
  for (std::size_t i = 0; i < targets.size();) {
    if (i > 0) add(", ");
    Node value = targets[i]["val"];
    if (!value.is("MultiAssignRef")) {
      insert_column(targets[i++]);
      add(" = ");
      expression(value);
      continue;
    }
    auto count = static_cast<std::size_t>(std::max<std::int64_t>(value["ncolumns"].number(), 1));
    add("(");
    separated(targets.subspan(i, std::min(count, targets.size() - i)), &Printer::insert_column);
    add(") = ");
    expression(value["source"]);
    i += count;
  }
}

void Printer::update(Node node) {
  if (node.has("withClause")) with(node["withClause"]);
  add("UPDATE ");
  relation(node["relation"]);
  line();
  add("SET ");
  assignments(node["targetList"]);
  clause("FROM", node["fromClause"], &Printer::from_item);
  where(node["whereClause"]);
  returning(node);
}

void Printer::delete_(Node node) {
  if (node.has("withClause")) with(node["withClause"]);
  add("DELETE FROM ");
  relation(node["relation"]);
  clause("USING", node["usingClause"], &Printer::from_item);
  where(node["whereClause"]);
  returning(node);
}

void Printer::merge(Node node) {
  if (node.has("withClause")) with(node["withClause"]);
  add("MERGE INTO ");
  relation(node["relation"]);
  line();
  add("USING ");
  from_item(node["sourceRelation"]);
  add(" ON ");
  expression(node["joinCondition"]);
  for (Node when : node["mergeWhenClauses"]) {
    line();
    merge_when(when);
  }
  returning(node);
}

void Printer::merge_when(Node when) {
  std::string_view match = when["matchKind"].text(), command = when["commandType"].text();
  add(match == "MERGE_WHEN_MATCHED"                 ? "WHEN MATCHED"
      : match == "MERGE_WHEN_NOT_MATCHED_BY_SOURCE" ? "WHEN NOT MATCHED BY SOURCE"
                                                    : "WHEN NOT MATCHED");
  if (when.has("condition")) {
    add(" AND ");
    expression(when["condition"]);
  }
  add(" THEN ");
  if (command == "CMD_DELETE") return add("DELETE");
  if (command == "CMD_NOTHING") return add("DO NOTHING");
  if (command == "CMD_UPDATE") {
    add("UPDATE SET ");
    return assignments(when["targetList"]);
  }
  add("INSERT");
  if (when["targetList"].size() > 0) {
    add(" (");
    separated(when["targetList"].items(), &Printer::insert_column);
    add(")");
  }
  std::string_view override = when["override"].text();
  if (override == "OVERRIDING_USER_VALUE") add(" OVERRIDING USER VALUE");
  if (override == "OVERRIDING_SYSTEM_VALUE") add(" OVERRIDING SYSTEM VALUE");
  if (when["values"].size() == 0) return add(" DEFAULT VALUES");
  add(" VALUES ");
  values_row(when["values"]);
}

void Printer::returning(Node statement) {
  Node node = statement["returningClause"];
  if (!node) return;
  line();
  add("RETURNING ");
  std::string_view before = "WITH (";
  for (Node option : node["options"]) {
    bool old = option["option"].text() == "RETURNING_OPTION_OLD";
    add(before, old ? "OLD AS " : "NEW AS ", quote_ident(option["value"].text()));
    before = ", ";
  }
  if (node["options"].size() > 0) add(") ");
  separated(node["exprs"].items(), &Printer::target);
}

void Printer::return_(Node node) {
  add("RETURN ");
  expression(node["returnval"]);
}

void Printer::notify(Node node) {
  add("NOTIFY ", quote_ident(node["conditionname"].text()));
  if (node.has("payload")) add(", ", quote_literal(node["payload"].text()));
}

// A function's body: a list of one list of statements.
void Printer::atomic_body(Node list) {
  add("BEGIN ATOMIC");
  indent_ += 2;
  for (Node inner : list) {
    for (Node statement : inner) {
      line();
      query(statement);
      add(";");
    }
  }
  indent_ -= 2;
  line();
  add("END");
}

}  // namespace quoin::ast::detail
