"""Bytes to characters: which encoding, and whether it is text at all."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass

from fangzhi.errors import UserError

MAX_BYTES = 4 * 1024 * 1024
"""A page is some tens of kilobytes; a file beyond this is not one."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经三之進對於國這個來們會發產動後學過時為說經縣區鄉鎮縣村市省县区乡镇，。、"
)
_ALLOWED = frozenset("\t\n\r\x0b\x0c\x1a")


class NotTextError(UserError):
    """The bytes are not a text; why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Decoded:
    """A decoded file: its characters, the encoding, and how many bytes could not be decoded."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes) -> Decoded:
    """Characters of a page in UTF-8, UTF-16 (with mark), GB 18030 or Big5; NotTextError for a binary file."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"), encoding)
    if b"\0" in data:
        raise NotTextError("含有空字节", "it holds NUL bytes")
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _checked(*_legacy(data))


def _legacy(data: bytes) -> tuple[str, str]:
    """The reading, of those an old Chinese page may be in, that looks most like Chinese."""
    readings = [
        (data.decode(encoding, "replace"), encoding) for encoding in ("gb18030", "big5hkscs", "utf-8")
    ]
    return max(readings, key=lambda reading: _likeness(reading[0]))


def _likeness(text: str) -> float:
    """Share of common characters, less what could not be decoded."""
    sample = text[:20_000]
    outside = [c for c in sample if ord(c) > 0x7F]
    return sum((c in _COMMON) - 5 * (c == "\ufffd") for c in outside) / (len(outside) or 1)


def _checked(text: str, encoding: str) -> Decoded:
    odd = sum(1 for c in text if ord(c) < 0x20 and c not in _ALLOWED)
    replaced = text.count("\ufffd")
    if (odd + replaced) * 10 > len(text):
        raise NotTextError("逾一成内容不是文字", "more than a tenth of it is not characters")
    return Decoded(text, encoding, replaced)


@dataclass(frozen=True)
class Given:
    """What is known of a page beside its text: each may be absent."""

    title: str | None = None
    publisher: str | None = None
    publisher_basis: str | None = None
    published_on: str | None = None
    published_on_basis: str | None = None
    page: str | None = None
    rights: str | None = None


@dataclass(frozen=True)
class Document:
    """A file to be read: its path relative to the input, its bytes, and what is given beside it."""

    path: str
    data: bytes
    given: Given = Given()

    @property
    def sha256(self) -> str:
        """Digest of the bytes, lower-case hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def source_id(self) -> str:
        """Key of the source: the first twelve digits of the digest, the same on every machine."""
        return self.sha256[:12]
