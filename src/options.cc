#include "options.h"
namespace quoin {}
