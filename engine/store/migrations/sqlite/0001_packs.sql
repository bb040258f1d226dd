-- What packs describe. Every table has a row number of its own; `id` is what the world sees.
-- Ids are twelve bytes, times whole microseconds UTC, JSON text, booleans 0 and 1.

-- How many rows there are, by kind and by one value of a column: kept, so that nobody has to count.
CREATE TABLE counter (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE pack (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    ref TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    version TEXT NOT NULL,
    stackstorm_version TEXT NOT NULL,
    python_versions TEXT NOT NULL,
    author TEXT NOT NULL,
    email TEXT NOT NULL,
    contributors TEXT NOT NULL,
    keywords TEXT NOT NULL,
    dependencies TEXT NOT NULL,
    files TEXT NOT NULL,
    path TEXT NOT NULL,
    metadata TEXT
);

CREATE TABLE pack_problem (
    seq INTEGER PRIMARY KEY,
    pack TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    message TEXT NOT NULL,
    is_warning INTEGER NOT NULL
);
CREATE INDEX pack_problem_pack ON pack_problem (pack);

CREATE TABLE config_schema (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL UNIQUE,
    attributes TEXT NOT NULL
);

CREATE TABLE pack_config (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL UNIQUE,
    vals TEXT NOT NULL
);

CREATE TABLE runner_type (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    runner_package TEXT NOT NULL,
    runner_module TEXT NOT NULL,
    parameters TEXT NOT NULL,
    output_key TEXT NOT NULL,
    output_schema TEXT NOT NULL
);

CREATE TABLE action (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    runner_type TEXT NOT NULL,
    entry_point TEXT NOT NULL,
    parameters TEXT NOT NULL,
    output_schema TEXT NOT NULL,
    notify TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata_file TEXT NOT NULL,
    UNIQUE (pack, name)
);

CREATE TABLE sensor_type (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    artifact TEXT NOT NULL,
    class_name TEXT NOT NULL,
    trigger_types TEXT NOT NULL,
    poll_interval REAL,
    metadata_file TEXT NOT NULL,
    UNIQUE (pack, name)
);

CREATE TABLE trigger_type (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    payload_schema TEXT NOT NULL,
    parameters_schema TEXT NOT NULL,
    tags TEXT NOT NULL,
    metadata_file TEXT NOT NULL,
    UNIQUE (pack, name)
);

CREATE TABLE trigger (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    trigger_type TEXT NOT NULL,
    parameters TEXT NOT NULL,
    -- Hash of the parameters without regard to the order of keys: with the type it identifies a trigger.
    parameters_hash TEXT NOT NULL,
    description TEXT NOT NULL,
    reference_count INTEGER NOT NULL,
    UNIQUE (pack, name)
);
CREATE INDEX trigger_by_type ON trigger (trigger_type, parameters_hash);

CREATE TABLE rule (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    state INTEGER NOT NULL,
    type TEXT NOT NULL,
    type_parameters TEXT NOT NULL,
    trigger_type TEXT NOT NULL,
    trigger_parameters TEXT NOT NULL,
    trigger_id BLOB,
    criteria TEXT NOT NULL,
    action TEXT NOT NULL,
    action_parameters TEXT NOT NULL,
    tags TEXT NOT NULL,
    context TEXT NOT NULL,
    metadata_file TEXT NOT NULL,
    UNIQUE (pack, name)
);
CREATE INDEX rule_trigger ON rule (trigger_id);
CREATE INDEX rule_action ON rule (action);

CREATE TABLE policy (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    resource_ref TEXT NOT NULL,
    policy_type TEXT NOT NULL,
    parameters TEXT NOT NULL,
    metadata_file TEXT NOT NULL,
    UNIQUE (pack, name)
);
CREATE INDEX policy_resource ON policy (resource_ref);

CREATE TABLE action_alias (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    action_ref TEXT NOT NULL,
    formats TEXT NOT NULL,
    ack TEXT,
    result TEXT,
    extra TEXT,
    immutable_parameters TEXT,
    metadata_file TEXT NOT NULL,
    UNIQUE (pack, name)
);
