#!/bin/sh
# The engine's own variables, but for the token that opens its API.
env | grep '^ST2_ACTION_' | grep -v TOKEN | sort
