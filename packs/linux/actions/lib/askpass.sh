#!/bin/sh
# Answers ssh's question for a password.
printf '%s\n' "$WAIT_FOR_SSH_PASSWORD"
