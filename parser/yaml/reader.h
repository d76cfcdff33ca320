// Reads desired YAML into a Schema; kinds give the keys, the nesting and what a shorthand means.
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
/// The kinds that may stand below an object of `parent` (null: at the top level): all, or those of one YAML key.
Kinds kinds_below(const Kind* parent);
Kinds kinds_below(const Kind* parent, std::string_view key);
/// True if the kind's key in the parent's map holds the object itself, not a map of objects by name.
bool is_alone(const Kind&);
/// True if the field must be written (Presence), since its absence has no meaning; of a kind: if it has such a field.
bool must_be_written(const Kind&);
bool must_be_written(const FieldBase&, const Kind&);
/// True if the field is a key of the kind's map: derived fields and the arguments in a routine's own key are not.
bool is_key(const FieldBase&, const Kind&);
/// True if objects of the kind may be written as a list of names, as extensions: [citext]; not tables, whose name alone
/// would mostly be a mistake.
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

/// The name in an item of a list whose items may have a renamed_from: a label, a composite type's attribute.
Text part_name(const FieldBase&, const Text& item);

using FragmentsByObject = std::unordered_map<Id, Fragments>;

/// Checks values and brings them into their canonical form; every mistake becomes a finding ("reported"). The trees of
/// well-formed texts are kept in `parsed`, by the object that they are about.
class Values {
 public:
  Values(Findings& findings, FragmentsByObject& parsed) : findings_(findings), parsed_(parsed) {}
  /// The value for a field, by its shape and role; monostate where it cannot be read (reported).
  Value value(const FieldBase&, const YamlValue&);
  /// The text of a scalar, checked for what YAML may have cut off or changed; nullopt where it cannot be used
  /// (reported).
  std::optional<Text> text(const YamlValue&);
  /// The name that `renamed_from` gives; nullopt where it is none (reported).
  std::optional<Text> former_name(const YamlValue&);
  /// True if a column's shorthand has a date without quotes as default (reported).
  bool has_date_as_default(std::string_view shorthand, const YamlValue&);
  /// Puts the former names in a list whose items may have one into Object::renamed_parts.
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
class DocumentReader {
 public:
  DocumentReader(Ids&, const List& search_path, Findings&);
  /// Everything in the schemas of `Assumed`, and everything that its scripts make, counts as there. Call it before any
  /// read().
  void assume(const Assumed&);
  void read(const YamlText&);
  /// Adds objects that no document contains, and whose texts are a server's, so that they are not resolved. Call it
  /// after all read().
  void add_others(const std::function<void(Schema&)>& add);
  /// Does what needs all files: reads routines, whose types must exist, reports names that two objects take, derives
  /// what follows from fields, and resolves names.
  Schema finish() &&;

 private:
  struct PendingRoutine {  // its types must have been read before its signature is known
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
  void routine(const PendingRoutine&);
  void read_by_signature(const Kind&, const PendingRoutine&);
  void check_slots();
  void take_columns();
  void resolve_names();
  void resolve_query(Id);
  void resolve_one(Object&);
  std::vector<Id> queries_read_by(const Object& query);
  Fragments* parsed_for(Id);
  void check_hosts();
  void check_whole();  // KindYaml::mistakes of each object
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
  std::vector<PendingRoutine> waiting_;
  int advised_ = 0;  // missing names for which a similar one was looked for
  Text document_schema_;
  std::unordered_map<Id, Text> document_of_;  // of objects outside of schemas: the schema whose document has them
};

}  // namespace quoin::yaml
