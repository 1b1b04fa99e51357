"""Take out of a finished SQLite file what depends on the library that wrote it and not on the data.

Offsets and page types are those of the SQLite file format (https://www.sqlite.org/fileformat2.html);
all numbers are big-endian.
"""

from __future__ import annotations

from pathlib import Path

PAGE_SIZE = 4096

# Offset in the file and what is written there: counts of changes to the file and to its schema, the
# count for which the version is valid (equal to the first), and the version of the library.
_COUNTER = 1
_HEADER = ((24, _COUNTER), (40, _COUNTER), (92, _COUNTER), (96, 3_040_001))
_FILE_HEADER_BYTES = 100
_PAGE_HEADER_BYTES = {2: 12, 5: 12, 10: 8, 13: 8}  # by type of b-tree page; other pages have no gap


def make_canonical(path: Path) -> None:
    """Rewrite the counters of the header and zero the unused middle of every page, in place."""
    with path.open("r+b") as file:
        for number in range(path.stat().st_size // PAGE_SIZE):
            file.seek(number * PAGE_SIZE)
            start, end = unused(file.read(PAGE_SIZE), _FILE_HEADER_BYTES if number == 0 else 0)
            file.seek(number * PAGE_SIZE + start)
            file.write(bytes(end - start))
        for offset, value in _HEADER:
            file.seek(offset)
            file.write(value.to_bytes(4, "big"))


def unused(page: bytes, header: int) -> tuple[int, int]:
    """Start and end of the gap between the cell pointers and the cells of a page; empty if it has none.

    An overflow page starts with a page number, whose first byte is no page type in a file of less than
    128 GB.
    """
    size = _PAGE_HEADER_BYTES.get(page[header])
    if size is None:
        return 0, 0
    cells = int.from_bytes(page[header + 3 : header + 5], "big")
    content = int.from_bytes(page[header + 5 : header + 7], "big") or 65536
    return header + size + 2 * cells, content
