-- What a pack's files looked like when they were registered, so that they are read again only after a change.
CREATE TABLE pack_stamp (
    pack TEXT NOT NULL PRIMARY KEY,
    stamp TEXT NOT NULL
) WITHOUT ROWID;
