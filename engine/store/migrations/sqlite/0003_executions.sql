-- Execution and live action are one row. `result` has a row of its own, so that moving an execution does not copy it.
CREATE TABLE execution (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    live_action BLOB NOT NULL UNIQUE,
    action TEXT NOT NULL,
    runner_type TEXT NOT NULL,
    status INTEGER NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER,
    not_before INTEGER,
    parent BLOB,
    rule BLOB,
    rule_ref TEXT,
    trigger_instance BLOB,
    enforcement BLOB,
    trace BLOB,
    task_name TEXT NOT NULL,
    run_as TEXT NOT NULL,
    process INTEGER NOT NULL,
    process_start INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    -- 1 once policies, notifications and action events have been seen to.
    noticed INTEGER NOT NULL,
    -- 0 while a workflow has not yet taken this completed child into account.
    followed INTEGER NOT NULL,
    parameters TEXT NOT NULL,
    context TEXT NOT NULL,
    notify TEXT NOT NULL,
    -- [status, microseconds, reason?] entries, each followed by a comma.
    log TEXT NOT NULL
);
CREATE INDEX execution_started ON execution (started);
CREATE INDEX execution_action ON execution (action, started);
CREATE INDEX execution_rule ON execution (rule_ref, started) WHERE rule_ref IS NOT NULL;
CREATE INDEX execution_parent ON execution (parent) WHERE parent IS NOT NULL;
CREATE INDEX execution_trace ON execution (trace);
-- What waits, and lists by status; most executions have succeeded and are not in it.
CREATE INDEX execution_status ON execution (status, started) WHERE status <> 4;
-- Completed: succeeded, failed, timeout, abandoned, canceled.
CREATE INDEX execution_unnoticed ON execution (status) WHERE noticed = 0 AND status IN (4, 5, 6, 7, 9);
CREATE INDEX execution_unfollowed ON execution (parent) WHERE followed = 0;
CREATE INDEX execution_delayed ON execution (not_before) WHERE status = 2;
-- Scheduled and running, by action: what concurrency policies count.
CREATE INDEX execution_active ON execution (action) WHERE status IN (1, 3);

CREATE TABLE execution_result (
    seq INTEGER PRIMARY KEY,
    -- Bytes of it.
    size INTEGER NOT NULL,
    result TEXT NOT NULL
);

CREATE TABLE output (
    seq INTEGER PRIMARY KEY,
    execution BLOB NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    stream TEXT NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (execution, number)
);
