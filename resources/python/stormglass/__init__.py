"""Hosts Python actions and sensors of packs in child processes of the engine. README.md has the wire protocol."""
