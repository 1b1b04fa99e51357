"""People and organizations named in their public roles. Private persons do not become rows."""
