-- When what a rule says of an event last changed: a verdict from before was given by another version of it. 0 for
-- rules from before this was kept.
ALTER TABLE rule ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
-- What the rule's file last said of its state: only when that changes does the file win over what a person chose.
-- NULL for rules made through the API.
ALTER TABLE rule ADD COLUMN file_state INTEGER;
