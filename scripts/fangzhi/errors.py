"""What ends a command with a message for the user instead of a traceback."""

from __future__ import annotations

import traceback
from pathlib import Path


class UserError(Exception):
    """Something that the user can put right; the message says what to do, in Chinese and English."""

    exit_code = 2


def told(error: Exception) -> tuple[int, str]:
    """Exit code and message for what ended a command."""
    if isinstance(error, UserError):
        return error.exit_code, str(error)
    if isinstance(error, OSError):
        return 2, (
            f"{error.filename or ''}: {error.strerror or error}；请检查路径、权限与磁盘空间 / "
            "check the path, its permissions and the space on the disk"
        )
    place = traceback.extract_tb(error.__traceback__)[-1]
    return 3, (
        "程序出错，请附上此行报告 / a fault of the program, please report this line: "
        f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
    )
