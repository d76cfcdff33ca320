// A YAML document to be written, and its layout for people.
#pragma once
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace quoin::yaml {

struct Entry;
/// A value to be written.
struct Out {
  enum class Form { raw, text, list, map };  // raw: true, 42
  Form form = Form::text;
  bool block = false;  // of a map: each entry on a line of its own, always
  Text remark = {};    // of a list or map: what a person has to set by hand, said behind it or its key
  Text text;
  std::vector<Out> items;
  std::vector<Entry> entries;

  static Out raw(Text value);
  static Out string(Text value);
  static Out list();
  static Out map();
  void add(Text key, Out value);
  bool empty() const;
};

struct Entry {
  Text first;
  Out second;
};

inline Out Out::raw(Text value) { return {Form::raw, false, {}, std::move(value), {}, {}}; }
inline Out Out::string(Text value) { return {Form::text, false, {}, std::move(value), {}, {}}; }
inline Out Out::list() { return {Form::list, false, {}, {}, {}, {}}; }
inline Out Out::map() { return {Form::map, false, {}, {}, {}, {}}; }
inline void Out::add(Text key, Out value) { entries.push_back({std::move(key), std::move(value)}); }
inline bool Out::empty() const { return items.empty() && entries.empty(); }

/// The entries of a document, each ended by a line end. What fits on a line stands on one; texts of several lines are
/// literal blocks where those give them back exactly.
Text lay_out(const Out& document);

}  // namespace quoin::yaml
