#!/bin/sh
number=1
while [ "$number" -le "${1:-3}" ]; do
    echo "out $number"
    echo "err $number" >&2
    number=$((number + 1))
done
