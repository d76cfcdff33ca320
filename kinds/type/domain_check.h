// The constraints of domains, as the domain's readers need them.
#pragma once
#include "core/model/kind.h"

namespace quoin {
class Reading;

void read_domain_check(ast::Node constraint, Id domain, Reading&);
void validate_domain_check(Id check, Reading&);

/// The hazards for values that the check applies to from now on.
std::vector<Hazard> hazards_of_check(const Object& check, const Users&);

/// The steps that replace a domain by a new one, to which its users move: what a domain stands for never changes in
/// place.
Steps swapped_domain(const Delta&, const Users&);

}  // namespace quoin
