// The names of rules, as a type: a name that is none does not compile.
#pragma once
#include <string_view>

namespace quoin {

/// Every name that a finding, a hazard or a loss can have. core/base/rules.cc has a row of text for each, or does not
/// compile.
inline constexpr std::string_view rule_names[] = {"syntax",
                                                  "missing",
                                                  "created-later",
                                                  "dropped-before",
                                                  "renamed-before",
                                                  "duplicate",
                                                  "needed-by",
                                                  "unknown",
                                                  "left-out",
                                                  "goes-up",
                                                  "odd-hash",
                                                  "obstacle",
                                                  "context",
                                                  "odd-version",
                                                  "empty",
                                                  "placeholder",
                                                  "transaction",
                                                  "late",
                                                  "same-version",
                                                  "both-make",
                                                  "both-change",
                                                  "dropped-and-used",
                                                  "differs",
                                                  "down-leaves",
                                                  "unused-nolint",
                                                  "downs-left-out",
                                                  "irreversible",
                                                  "no-down",
                                                  "order",
                                                  "depends-on",
                                                  "psql",
                                                  "gap",
                                                  "changed",
                                                  "missing-file",
                                                  "lost-row",
                                                  "failed",
                                                  "out-of-order",
                                                  "trial",
                                                  "untried",
                                                  "server",
                                                  "privilege",
                                                  "ledger",
                                                  "blocked",
                                                  "disk",
                                                  "drift",
                                                  "invalid-index",
                                                  "replication",
                                                  "slot",
                                                  "long-transaction",
                                                  "backup",
                                                  "data-loss",
                                                  "access",
                                                  "secret",
                                                  "settings",
                                                  "other-history",
                                                  "rewrite",
                                                  "may-fail",
                                                  "body",
                                                  "stale",
                                                  "yaml",
                                                  "yaml-bytes",
                                                  "yaml-cut",
                                                  "yaml-sign",
                                                  "yaml-comment",
                                                  "yaml-null",
                                                  "yaml-key",
                                                  "yaml-duplicate",
                                                  "yaml-value",
                                                  "yaml-sql",
                                                  "config-key",
                                                  "config-value",
                                                  "note"};

/// One of rule_names, or none of them. A literal becomes one by itself, where the compiler can see that it is a name.
class RuleName {
 public:
  constexpr RuleName() = default;
  consteval RuleName(const char* literal) : text_(known(literal)) {}
  constexpr operator std::string_view() const { return text_; }
  constexpr std::string_view text() const { return text_; }
  constexpr bool empty() const { return text_.empty(); }
  friend constexpr bool operator==(RuleName one, RuleName other) { return one.text_ == other.text_; }

 private:
  static consteval std::string_view known(std::string_view name) {
    for (const std::string_view one : rule_names)
      if (one == name) return one;
    throw "no rule has this name";
  }

  std::string_view text_{};
};

}  // namespace quoin
