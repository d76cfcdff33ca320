// The reading of desired YAML: kinds give the keys, the nesting and what a shorthand means.
#pragma once
#include <deque>
#include <unordered_map>

#include "core/model/kind.h"
#include "parser/names/lookup.h"
#include "parser/replay/replay.h"
#include "parser/yaml/tree.h"

namespace quoin::yaml {

using Kinds = std::vector<const Kind*>;
using Objects = std::vector<Object*>;
/// The kinds that may stand below an object of `parent` (null: at the top level), by YAML key where one is given.
Kinds kinds_below(const Kind* parent);
Kinds kinds_below(const Kind* parent, std::string_view key);
/// True if the kind's key in the parent's map holds the object itself, not a map of objects by name.
bool is_alone(const Kind&);
/// True if the kind has a field that must be written, since its absence means nothing.
bool must_be_written(const Kind&);
bool must_be_written(const FieldBase&, const Kind&);
/// True if the field is a key of the kind's map: not one that follows from others, nor one that a routine's name
/// contains.
bool is_key(const FieldBase&, const Kind&);
/// True if objects of the kind may be a list of names: extensions: [citext]. A table's name alone is mostly a list by
/// mistake.
bool may_be_name_alone(const Kind&);
/// The kind of the objects that have a document each: schemas.
const Kind& document_kind();
/// True if a list of the role may be written as a map: each item begins with a name.
bool takes_map(Role);
/// The kind's field for the arguments in a routine's key; null where it has none.
const FieldBase* arguments_of(const Kind&);
/// The keys that may stand in an object's map, for messages and the editors' schema.
List keys_of(const Kind&);

/// One value in its file, and the object that it is about.
struct YamlValue {
  const File* file;
  const Node* node;
  Id id;
};

/// The name of an item in a list whose items `renamed_from` may rename.
Text part_name(const FieldBase&, const Text& item);

using FragmentsByObject = std::unordered_map<Id, Fragments>;

/// Checks values and brings them into their canonical form; every mistake is a finding. The trees of texts that are
/// well-formed are kept in `parsed`, by the object that they are about.
class Values {
 public:
  Values(Findings& findings, FragmentsByObject& parsed) : findings_(findings), parsed_(parsed) {}
  /// The value for a field, by its shape and role; monostate where it cannot be read (reported).
  Value value(const FieldBase&, const YamlValue&);
  /// A scalar that is to be SQL or text, checked for what YAML does to such; nullopt where it cannot be used
  /// (reported).
  std::optional<Text> text(const YamlValue&);
  /// What `renamed_from` says; nullopt where it says nothing (reported).
  std::optional<Text> former_name(const YamlValue&);
  /// True if a column's shorthand has a date without quotes as default (reported).
  bool has_date_as_default(std::string_view shorthand, const YamlValue&);
  /// Keeps with the object the former names in a list whose items may have one (labels).
  void renamed_parts(Object&, const FieldBase&, const YamlValue& list);
  void report(const YamlValue&, RuleName rule, Text message, Text hint = {});
  /// An error of SQL at its place in the scalar, which begins at byte `prefix` of the SQL that was parsed.
  void report_sql(const YamlValue&, const Error&, std::string_view sql, std::size_t prefix);

 private:
  std::optional<Text> with_tree(Role, const Text&, Id);
  std::optional<Text> sql(Role, Text, const YamlValue&);
  std::optional<Text> part(const YamlValue&);
  std::optional<Text> word(const FieldBase&, const YamlValue&);
  bool is_date_alone(std::string_view sql, const YamlValue&);
  std::optional<Text> item(const FieldBase&, const YamlValue&);
  std::optional<Value> boolean(const YamlValue&);
  std::optional<Value> number(const YamlValue&);
  std::optional<Text> pair(const FieldBase&, const Text& key, const YamlValue& value);
  bool is_plain_list(const FieldBase&, const YamlValue&);
  bool is_setting(const YamlValue&, std::string_view text);
  Value list(const FieldBase&, const YamlValue&);
  void check_comments(const YamlValue&);
  Findings& findings_;
  FragmentsByObject& parsed_;
};

/// Reads YAML files into one Schema: read() each, then finish().
class Reader {
 public:
  Reader(Ids&, const List& search_path, Findings&);
  /// Everything in the schemas of `Assumed`, and everything that its scripts make, counts as there. Call it before any
  /// read().
  void assume(const Assumed&);
  void read(const YamlText&);
  /// Objects that no document contains, and whose texts are a server's. Call it after all read().
  void add_others(const std::function<void(Schema&)>& add);
  /// Does what needs all files: finds routines by their types, names that two objects hold, what follows from objects,
  /// and resolves names.
  Schema finish() &&;

 private:
  struct Waiting {  // a routine: its types must be there before its name is known
    Kinds kinds;
    YamlValue key, value;
    Id parent;
  };

  void document(const File&, const Node& root);
  bool below(const Kind* parent, Id, const YamlValue& key, const YamlValue& value);
  void unknown_key(const List& known, const YamlValue& key, std::string_view where);
  void alone(const Kind&, Id parent, const YamlValue& value);
  void collection(const Kinds&, Id parent, const YamlValue& value);
  const Kind* choose(const Kinds&, const YamlValue& value);
  void object(const Kind&, Id, const YamlValue& key, const YamlValue& value);
  Object* make(Id, const YamlValue& key);
  void fill(Object&, const YamlValue& value);
  void fill_map(Object&, const YamlValue& map);
  void check_presence(const Object&, const YamlValue&);
  bool declare(Id, const YamlValue& shorthand);
  void place_below(Id, const Place&);
  void routine(const Waiting&);
  void told_apart(const Kind&, const Waiting&);
  void check_slots();
  void take_columns();
  void resolve_names();
  void resolve_query(Id);
  void resolve_one(Object&);
  std::vector<Id> queries_read_by(const Object& query);
  Fragments* parsed_for(Id);
  void check_hosts();
  void check_whole();  // what each kind says of its objects
  void report_missing(const Object&, const Missing&);
  void report(const Object&, RuleName rule, Text message, Text hint);
  List path_of(Id) const;
  Lookup lookup_for(Id id) const { return {schema_, path_of(id), &assumed_}; }
  const File* file_named(std::string_view) const;

  Findings& findings_;
  FragmentsByObject parsed_;  // of a shorthand: by the object that it stands for, in which or beside which others lie
  Values values_;
  List search_path_;
  Schema schema_;
  Replay replay_;
  UnmodelledNames assumed_;
  std::unordered_set<Id> others_;
  std::unordered_set<Id> resolved_;  // of the queries
  std::deque<File> files_;
  std::vector<Waiting> waiting_;
  int advised_ = 0;  // missing names for which a near one was looked for
  Text document_schema_;
  std::unordered_map<Id, Text> document_of_;  // of what lies in no schema: whose document it stands in
};

}  // namespace quoin::yaml
