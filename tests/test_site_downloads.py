"""Downloads: the right bytes, whole or in part, and nothing else."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import httpx
import pytest
from conftest import FILES

from fangzhi.site.downloads import read_downloads
from fangzhi.site.errors import SiteError
from fangzhi.site.files import requested_range


@pytest.mark.parametrize(("name", "media_type"), [*FILES.items(), ("fangzhi.db", "application/vnd.sqlite3")])
def test_a_file_arrives_as_it_is(web: httpx.Client, package: Path, name: str, media_type: str) -> None:
    response = web.get(f"/downloads/{name}")
    content = (package / name).read_bytes()
    assert response.content == content
    assert response.headers["content-type"] == media_type
    assert response.headers["content-length"] == str(len(content))
    assert response.headers["etag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    assert response.headers["access-control-allow-origin"] == "*"


def test_head_has_no_body(web: httpx.Client, package: Path) -> None:
    response = web.head("/downloads/fangzhi.zip")
    assert response.content == b""
    assert int(response.headers["content-length"]) == (package / "fangzhi.zip").stat().st_size


@pytest.mark.parametrize(
    ("header", "size", "expected"),
    [
        (None, 10, None),
        ("bytes=0-3", 10, (0, 4)),
        ("bytes=4-", 10, (4, 10)),
        ("bytes=-3", 10, (7, 10)),
        ("bytes=-30", 10, (0, 10)),
        ("bytes=8-99", 10, (8, 10)),
        ("bytes=-", 10, None),
        ("bytes=a-b", 10, None),
        ("bytes=0-1,3-4", 10, None),
        ("items=0-1", 10, None),
        ("bytes=٣-٤", 10, None),
        ("bytes=" + "9" * 99 + "-", 10, None),
    ],
)
def test_ranges(header: str | None, size: int, expected: tuple[int, int] | None) -> None:
    assert requested_range(header, size) == expected


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=5-4", "bytes=-0", "bytes=99-100"])
def test_ranges_outside_the_file(header: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        requested_range(header, 10)


def test_a_part_of_a_file(web: httpx.Client, package: Path) -> None:
    content = (package / "fangzhi.zip").read_bytes()
    response = web.get("/downloads/fangzhi.zip", headers={"range": "bytes=5-9"})
    assert (response.status_code, response.content) == (206, content[5:10])
    assert response.headers["content-range"] == f"bytes 5-9/{len(content)}"
    beyond = web.get("/downloads/fangzhi.zip", headers={"range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(content)}")


def test_what_one_has_is_not_sent_again(web: httpx.Client) -> None:
    tag = web.head("/downloads/fangzhi.zip").headers["etag"]
    assert web.get("/downloads/fangzhi.zip", headers={"if-none-match": tag}).status_code == 304
    assert web.get("/downloads/fangzhi.zip", headers={"if-none-match": "*"}).status_code == 304
    changed = web.get("/downloads/fangzhi.zip", headers={"if-range": '"other"', "range": "bytes=0-1"})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "metadata.yml",
        "..%2Fx",
        "%2Fetc%2Fpasswd",
        "nope.csv",
        "data",
        "data/",
        "fangzhi.db%00",
    ],
)
def test_only_what_the_index_lists_is_served(web: httpx.Client, path: str) -> None:
    assert web.get(f"/downloads/{path}", follow_redirects=True).status_code == 404


ENTRY = {
    "path": "a.csv",
    "bytes": 1,
    "sha256": "0" * 64,
    "media_type": "text/csv",
    "title_zh": "甲",
    "title_en": "A",
}


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        ({"files": [ENTRY | {"path": "../a.csv"}]}, "outside the package"),
        ({"files": [ENTRY | {"path": "/etc/passwd"}]}, "outside the package"),
        ({"files": [ENTRY]}, "missing"),
        ({"files": [ENTRY | {"media_type": "text/html\r\nX: y"}]}, "cannot be read"),
        ({"files": [ENTRY | {"sha256": "x"}]}, "cannot be read"),
    ],
)
def test_an_index_that_cannot_be_served_is_refused(tmp_path: Path, index: object, message: str) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (tmp_path / "a.csv").write_text("x")
    (folder / "fangzhi.db").write_bytes(b"")
    (folder / "downloads.json").write_text(index if isinstance(index, str) else json.dumps(index))
    with pytest.raises(SiteError, match=message):
        read_downloads(folder)


def test_without_an_index_the_database_is_still_offered(tmp_path: Path) -> None:
    (tmp_path / "fangzhi.db").write_bytes(b"x")
    (only,) = read_downloads(tmp_path)
    assert (only.path, only.bytes, only.sha256) == ("fangzhi.db", 1, hashlib.sha256(b"x").hexdigest())


def test_the_list_of_files_tells_how_to_check_them(web: httpx.Client) -> None:
    for item in web.get("/downloads/downloads.json").json()["files"]:
        content = web.get(f"/downloads/{item['path']}").content
        assert (len(content), hashlib.sha256(content).hexdigest()) == (item["bytes"], item["sha256"])
