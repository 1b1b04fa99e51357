"""Keys of what is the same wherever it is named."""

from __future__ import annotations

import hashlib


def digest(*parts: str) -> str:
    """A short digest of what sets a thing apart."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def organization_id(name: str) -> str:
    """The key of a body."""
    return f"org-{digest(name)}"
