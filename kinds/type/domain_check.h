// The constraints of domains, as the domain's readers need them.
#pragma once
#include "core/model/kind.h"

namespace quoin {
class Reading;

void read_domain_check(ast::Node constraint, Id domain, Reading&);
void validate_domain_check(Id check, Reading&);

/// A domain in place of the old one, to which its users move over: what it stands for never changes.
Steps swapped_domain(const Delta&, const Users&);

}  // namespace quoin
