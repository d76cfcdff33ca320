// What all documents need of a schema: texts in their printed form, comments, sections, and uses between these.
#pragma once
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/model/kind.h"
#include "snapshot/documents/documents.h"

namespace quoin {

using Objects = std::vector<const Object*>;

struct Group {
  std::string_view key;
  Objects objects;
};

/// A schema prepared for documents. Many threads may use it at once.
class Document {
 public:
  Document(const Schema&, const DocumentOptions&);

  const Schema& schema() const { return schema_; }
  const Objects& objects() const { return objects_; }  // all, in order
  /// A line for each thing that documents do not show: objects that no kind models, carried attributes.
  const List& not_described() const { return not_described_; }
  /// Texts in their printed form: a single text, the texts of a field, and a copy of the object with all of them.
  Text form(const Object&, const FieldBase&, std::string_view text) const;
  Value formed(const Object&, const FieldBase&) const;
  Object formed(const Object&) const;
  /// The statement that would create it, or its clause in the statement of its host, without the words that repeat its
  /// name; and the statements that belong to it (DISABLE TRIGGER, CLUSTER ON).
  Text definition(const Object&) const;
  /// The object's comment; empty where it has none.
  Text comment(Id) const;
  /// The objects directly below that documents show, in order: no comments and the like, nothing without a kind.
  Objects below(Id) const;
  /// The object, or the nearest above it, that has a section; null where none has.
  Id section_of(Id) const;
  /// Sections that use this section's object or what lies below it; arrows of the picture are left out.
  std::vector<Id> users(Id section) const;
  std::vector<Id> used_by(Id section) const;
  /// The objects that are drawn as arrows from other sections to this one.
  Objects arrows_to(Id section) const;
  /// The sections of a schema (with Id(): outside of all schemas) by YAML key; first what holds rows; without those
  /// that have a keeper().
  std::vector<Group> sections(Id parent) const;
  /// The section that shows an object although that could have its own: a sequence that only one table uses is shown
  /// with the table. Null: it has its own.
  Id keeper(Id) const;
  Objects kept_by(Id section) const;
  /// What primary and foreign keys say of a column.
  struct Marks {
    bool key = false;    // it is part of the primary key
    std::vector<Id> to;  // the tables that it refers to
  };
  /// The marks of those columns of a section that are in any key, by name.
  std::map<Text, Marks> marks(Id section) const;
  const std::function<Text(Id)>& page() const { return page_; }
  /// As DocumentOptions::origin.
  List origin(Id id) const { return origin_ ? origin_(id) : List(); }
  /// Where an arrow leads; null where that is not known.
  static std::optional<Edge> edge(const Object&, const Schema&);

 private:
  void connect(const Object&);
  void keep(const Object&);

  const Schema& schema_;
  const PrintForm& form_;
  Objects objects_;
  List not_described_;
  std::unordered_map<Id, std::vector<Id>> users_, used_;
  std::unordered_map<Id, Objects> arrows_, kept_;
  std::unordered_map<Id, Id> keepers_;
  std::function<Text(Id)> page_;
  std::function<List(Id)> origin_;
};

/// True if objects of the kind are only remarks on others, and may lie below anything: a comment, a grant.
bool is_remark(const Kind&);
/// True if it has columns, like anything that holds rows: a foreign table too.
bool is_like_a_table(const Kind&);
/// "materialized views" of the kinds that share the key; for one thing "materialized view".
Text heading(std::string_view key);
Text counted_kind(std::size_t count, std::string_view key);
Text capitalised(Text);
/// "users", "crm.contacts", "slugify(text)": the schema where it is not public.
Text name_for_people(Id);
/// What it means that the field has no value; empty where that goes without saying.
Text fallback_text(const FieldBase&);

}  // namespace quoin
