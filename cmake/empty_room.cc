// Keeps a room that has no source yet a library.
