"""What stops the site from starting, in the reader's words."""

from __future__ import annotations

from fangzhi.errors import UserError


class SiteError(UserError):
    """Why the site cannot be served and what to do, in Chinese and English."""
