// What a random schema is drawn by: a number for each question that its text asks, so that a second schema can be drawn
// that answers most of them as the first one did.
#pragma once
#include <map>
#include <ostream>

#include "core/base/text.h"

namespace quoin::drawn {

/// Draws inside a RapidCheck generator only. 0 is the plainest answer, to which RapidCheck shrinks.
class Choices {
 public:
  Choices() = default;
  /// Answers as `like` does, but for about one question in `distance`.
  Choices(const Choices& like, int distance) : like_(&like), distance_(distance) {}

  /// A number from 0 to count - 1, the same whenever the same question is asked.
  int pick(const Text& question, int count);
  bool happens(const Text& question, int one_in) { return pick(question, one_in) == one_in - 1; }

 private:
  int fresh(const Text& question, int count);
  const Choices* like_ = nullptr;
  int distance_ = 1;
  std::map<Text, int> answers_;
};

/// Two schemas, as scripts.
struct Pair {
  Text from, to;
};
/// How RapidCheck shows a pair.
void showValue(const Pair&, std::ostream&);
/// Draws a pair that a server of the major can hold.
Pair draw_pair(int major);

/// The roles that the scripts name; the server must have them.
inline constexpr std::string_view reader = "drawn_reader", writer = "drawn_writer";

}  // namespace quoin::drawn
