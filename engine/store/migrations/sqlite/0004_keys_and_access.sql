CREATE TABLE key_value (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    description TEXT NOT NULL,
    is_encrypted INTEGER NOT NULL,
    expires INTEGER,
    UNIQUE (scope, name)
);
CREATE INDEX key_value_expires ON key_value (expires) WHERE expires IS NOT NULL;

CREATE TABLE access_user (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    is_service INTEGER NOT NULL,
    nicknames TEXT NOT NULL
);

-- Tokens are kept by their hash: who reads the database cannot use them.
CREATE TABLE access_token (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE,
    user_name TEXT NOT NULL,
    expires INTEGER NOT NULL,
    is_service INTEGER NOT NULL,
    metadata TEXT NOT NULL
);
CREATE INDEX access_token_expires ON access_token (expires);

CREATE TABLE api_key (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    hash TEXT NOT NULL UNIQUE,
    user_name TEXT NOT NULL,
    created INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    metadata TEXT NOT NULL
);
