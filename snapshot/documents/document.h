// What every document asks of a schema: texts in their printed form, comments, sections, who uses what.
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

/// The answers, each found once. Many threads may ask.
class Document {
 public:
  Document(const Schema&, const DocumentOptions&);

  const Schema& schema() const { return schema_; }
  const Objects& objects() const { return objects_; }  // all, in order
  /// A line for each thing that documents do not show: what no kind models, what is carried beside the model.
  const List& not_described() const { return not_described_; }
  /// Texts in their printed form: one, those of a field, and a copy of the object with all of them.
  Text form(const Object&, const FieldBase&, std::string_view text) const;
  Value formed(const Object&, const FieldBase&) const;
  Object formed(const Object&) const;
  /// The statement that would make it, or the clause of its host's, without the words that repeat its name; and what
  /// follows it (DISABLE TRIGGER, CLUSTER ON).
  Text definition(const Object&) const;
  /// What people wrote about it; empty where nothing is.
  Text comment(Id) const;
  /// Children that documents show, in order: no remarks, nothing that has no kind.
  Objects below(Id) const;
  /// The object, or the nearest above it, that has a section; null where none has.
  Id section_of(Id) const;
  /// Sections that use the section's object or what lies below it, arrows of the picture left out.
  std::vector<Id> users(Id section) const;
  std::vector<Id> used_by(Id section) const;
  /// Arrows that lead to a section from others.
  Objects arrows_to(Id section) const;
  /// Sections by YAML key of a schema (or, of Id(), outside of all): what holds rows first, nothing that is kept
  /// elsewhere.
  std::vector<Group> sections(Id parent) const;
  /// The section that tells of an object although it has one of its own: a sequence that only one table uses is read
  /// there. Null: it stands alone.
  Id keeper(Id) const;
  Objects kept_by(Id section) const;
  /// What keys say of a column.
  struct Marks {
    bool key = false;    // of the primary one
    std::vector<Id> to;  // what it refers to
  };
  /// Of the columns of a section that any key says something of, by name.
  std::map<Text, Marks> marks(Id section) const;
  const std::function<Text(Id)>& page() const { return page_; }
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
};

/// Whether the kind is a remark on others: it may lie below anything.
bool is_remark(const Kind&);
/// Whether it has columns, as what holds rows does: a foreign table too.
bool is_like_a_table(const Kind&);
/// "materialized views" of the kinds that share the key; for one thing "materialized view".
Text heading(std::string_view key);
Text counted_kind(std::size_t count, std::string_view key);
Text capitalised(Text);
/// "users", "crm.contacts", "slugify(text)": the schema where it is not public.
Text name_for_people(Id);
/// What an absent value means; empty where that goes without saying.
Text fallback_text(const FieldBase&);

}  // namespace quoin
