#!/bin/sh
echo "arguments: $#"
for argument; do echo "[$argument]"; done
