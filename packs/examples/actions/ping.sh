#!/bin/sh
# Needs the Debian package iputils-ping.
exec ping -c "$2" -- "$1"
