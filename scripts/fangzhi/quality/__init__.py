"""The quality of a build: what was read, what is missing, and what changed since the last one."""
