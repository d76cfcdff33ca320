// Writes one random schema as a script; what comes later in it knows by these members what came before.
#pragma once
#include <vector>

#include "tests/random/choices.h"

namespace quoin::drawn {

struct Column {
  Text name, type;
  bool plain = true;  // has no default, identity or expression
};
struct Table {
  Text label;  // in questions
  Text name;   // as SQL writes it, with its schema
  std::vector<Column> columns{};
  List parts{};
  bool partitioned = false, unlogged = false, has_key = false, is_partition = false;
};

class Drawing {
 public:
  Drawing(Choices& choices, int major) : choices_(choices), major_(major) {}
  Text script();

 private:
  void types();
  void domains();
  void sequences();
  void routines();
  void more_routines();

  void tables();
  void table(const Text& label, std::string_view bare);
  void partitions(Table& parent);
  void persistence(const Table&);
  void heir(const Table& parent);
  void typed_table();
  Text column_definition(const Text& label, Column& column);
  Text type_of(const Text& label);
  Text value_of(const Text& label, Column& column);
  Text table_clauses(const Table&);
  void table_settings(const Table&);

  void constraints(const Table&);
  void foreign_keys();
  void indexes(const Table&);
  void index(const Table&, const Text& label);
  void statistics(const Table&);

  void views();
  void view(int number);
  void materialized_view();
  void triggers(const Table&);
  void rules(const Table&);
  void policies(const Table&);
  void comments();
  void grants();
  void owners();

  int pick(const Text& question, int count) { return choices_.pick(question, count); }
  bool happens(const Text& question, int one_in) { return choices_.happens(question, one_in); }
  std::string_view one_of(const Text& question, const std::vector<std::string_view>& all) {
    return all[static_cast<std::size_t>(pick(question, static_cast<int>(all.size())))];
  }
  void say(const Text& statement) { script_ += statement + ";\n"; }

  Choices& choices_;
  int major_;
  Text script_;
  std::vector<Table> tables_;
  std::vector<Table> views_;
  bool has_enum_ = false, has_pair_ = false, has_domain_ = false, has_range_ = false, has_sequence_ = false;
  bool has_function_ = false, has_touch_ = false, has_materialized_ = false;
};

}  // namespace quoin::drawn
