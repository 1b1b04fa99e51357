"""Zip archives: written the same on every run, and unpacked without trusting what is in them."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from fangzhi.package.findings import Finding, finding

MEMBERS = 10_000
UNPACKED_BYTES = 2 * 1024**3
RATIO = 200  # text packs 3 to 30 times; a bomb a thousand
SMALL_BYTES = 16 * 1024**2  # up to here any ratio does no harm
_TIME = (1980, 1, 1, 0, 0, 0)
_MODE = (stat.S_IFREG | 0o644) << 16


def write_zip(folder: Path, names: Iterable[str], path: Path) -> None:
    """Pack files of a folder (posix paths relative to it) with fixed times, order and permissions."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(names):
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = _MODE
            archive.writestr(member, (folder / name).read_bytes())


def unsafe_path(name: str) -> bool:
    """Whether a path leaves its folder or means different files on different systems."""
    parts = PurePosixPath(name).parts
    odd = any(character in name for character in "\\:\0") or len(name) > 500
    return odd or not parts or name.startswith(("/", "~")) or ".." in parts


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def archive_findings(archive: zipfile.ZipFile) -> list[Finding]:
    """Why an archive must not be unpacked; empty when it may."""
    members = archive.infolist()
    total, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if len(members) > MEMBERS or total > UNPACKED_BYTES or (total > SMALL_BYTES and total > RATIO * packed):
        return [finding("archive-too-large", files=len(members), bytes=total)]
    unsafe = [m.filename for m in members if unsafe_path(m.filename) or _is_link(m)]
    locked = [m.filename for m in members if m.flag_bits & 1]
    return [finding("unsafe-path", path=name) for name in unsafe] + [
        finding("archive-encrypted", path=name) for name in locked
    ]


def unpack(path: Path, folder: Path) -> list[Finding]:
    """Unpack an archive into an empty folder, or say why not."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive_findings(archive)
            if not found:
                archive.extractall(folder)
            return found
    except Exception as error:  # noqa: BLE001 — zipfile and its decompressors raise a dozen kinds
        return [finding("archive-broken", path=path.name, reason=str(error))]
