-- What happened and what the rules said of it. Written at the rate of events: few indexes, each for a question
-- that is asked.

CREATE TABLE trace (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    tag TEXT NOT NULL,
    -- 0 for a tag made of the id the trace began with, which needs no index.
    is_named INTEGER NOT NULL,
    started INTEGER NOT NULL
);
CREATE INDEX trace_tag ON trace (tag) WHERE is_named = 1;

CREATE TABLE trigger_instance (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    trigger_id BLOB NOT NULL,
    trigger_ref TEXT NOT NULL,
    occurrence INTEGER NOT NULL,
    status INTEGER NOT NULL,
    trace BLOB,
    candidates INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX trigger_instance_occurrence ON trigger_instance (occurrence);
CREATE INDEX trigger_instance_trigger ON trigger_instance (trigger_id, occurrence);
CREATE INDEX trigger_instance_trace ON trigger_instance (trace);
-- Pending, processing, failed: all but processed.
CREATE INDEX trigger_instance_status ON trigger_instance (status, occurrence) WHERE status <> 2;

-- What all rules said of the trigger instance with the same row number.
CREATE TABLE verdict (
    seq INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    verdicts BLOB NOT NULL
);
-- Numbers for what verdicts repeat: rules, keys of criteria, operators. Never reused.
CREATE TABLE verdict_rule (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    rule BLOB NOT NULL,
    ref TEXT NOT NULL,
    UNIQUE (rule, ref)
);
CREATE TABLE verdict_word (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    word TEXT NOT NULL UNIQUE
);

CREATE TABLE enforcement (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    trigger_instance BLOB NOT NULL,
    rule BLOB NOT NULL,
    rule_ref TEXT NOT NULL,
    trace BLOB,
    execution BLOB,
    status INTEGER NOT NULL,
    failure_reason TEXT NOT NULL,
    enforced_at INTEGER NOT NULL,
    tries INTEGER NOT NULL
);
CREATE INDEX enforcement_time ON enforcement (enforced_at);
CREATE INDEX enforcement_rule ON enforcement (rule_ref, enforced_at);
CREATE INDEX enforcement_trigger_instance ON enforcement (trigger_instance);
CREATE INDEX enforcement_trace ON enforcement (trace);
-- Pending.
CREATE INDEX enforcement_waiting ON enforcement (status) WHERE status = 0;

-- How far each source of events has come, kept with the events themselves.
CREATE TABLE source_cursor (
    source TEXT PRIMARY KEY,
    cursor TEXT NOT NULL
) WITHOUT ROWID;
