// DEPENDS ON EXTENSION: an object that goes when an extension is dropped.
#pragma once
#include "core/model/reading.h"
#include "kinds/users.h"

namespace quoin {

/// The steps that tie the changed object to its extensions again, after a CREATE OR REPLACE of it, which unties it.
void tie_again(const Delta&, const Users&, Steps&);
/// What an index or its constraint does under a column that is rebuilt, where `answer` leaves it to the server: the
/// index that the server builds is tied to no extension.
Follow tied_again(Follow answer, const Object& index, const Rebuilt&, const Users&);
/// In replay: what CREATE OR REPLACE does to these ties of an object that was there.
void untie(Id object, Reading&);

}  // namespace quoin
