"""What ends a command with a message for the user instead of a traceback."""

from __future__ import annotations


class UserError(Exception):
    """Something that the user can put right; the message says what to do, in Chinese and English."""

    exit_code = 2
