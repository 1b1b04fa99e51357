"""What goes wrong around a package and is told to the user."""

from __future__ import annotations

from fangzhi.errors import UserError


class PackageError(UserError):
    """A package cannot be read or written; the message says what to do, in Chinese and English."""
