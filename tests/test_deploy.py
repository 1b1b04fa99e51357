"""The site as it is put on the web: behind the real nginx, and as files without any server."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
import yaml
from playwright.sync_api import Browser
from sample import SOURCE

from fangzhi.site.export import MARK

DEPLOY = Path(__file__).parent.parent / "deploy"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
ARTICLE = f"article/{SOURCE}-a4"
LINK = re.compile(r'\b(?:href|src)="([^"]*)"')


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def cached(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The site through nginx with the configuration that is shipped, but for ports and folders."""
    assert NGINX, "install nginx (apt-get install nginx-light)"
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    server = (DEPLOY / "nginx.conf").read_text("utf-8")
    for shipped, here in (
        ("site:8001", site.removeprefix("http://")),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/cache/nginx/fangzhi", str(folder / "cache")),
    ):
        assert shipped in server
        server = server.replace(shipped, here)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.getuid() == 0 else ""  # else its workers may not write where tests do
    main = f"{user}pid {folder}/pid; daemon off; events {{}} http {{ access_log off; {temporary}\n"
    (folder / "nginx.conf").write_text(main + server + "}", "utf-8")
    command = [NGINX, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error"]
    with subprocess.Popen(command) as process:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                _wait(client, process)
                yield client
        finally:
            process.terminate()


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx did not start"
        try:
            client.get("/static/site.css")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")


def test_the_cache_answers_what_the_site_answered(cached: httpx.Client, web: httpx.Client) -> None:
    first, second = (cached.get(f"/zh/{ARTICLE}") for _ in range(2))
    assert [first.headers["x-cache"], second.headers["x-cache"]] == ["MISS", "HIT"]
    assert first.content == second.content
    direct = web.get(f"/zh/{ARTICLE}")
    for name in ("content-security-policy", "x-content-type-options", "access-control-allow-origin"):
        assert second.headers[name] == direct.headers[name]


def test_the_cache_keeps_languages_and_forms_apart(cached: httpx.Client) -> None:
    for _ in range(2):
        for language in ("zh", "en"):
            answer = cached.get("/search", headers={"accept-language": language})
            assert answer.headers["location"].endswith(f"/{language}/search")
        table = cached.get("/fangzhi/places", headers={"accept": "text/csv"})
        page = cached.get("/zh/fangzhi/places", headers={"accept": "text/html"})
        assert table.headers["content-type"].startswith("text/csv")
        assert page.headers["content-type"].startswith("text/html")


def test_downloads_come_in_pieces_through_the_cache(cached: httpx.Client) -> None:
    whole = cached.get("/downloads/fangzhi.zip").content
    part = cached.get("/downloads/fangzhi.zip", headers={"range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, whole[5:10])


def test_the_container_files_name_what_is_there() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    site, cache = compose["services"]["site"], compose["services"]["cache"]
    assert (DEPLOY / site["build"]["context"] / site["build"]["dockerfile"]).is_file()
    assert (DEPLOY / cache["volumes"][0].split(":")[0]).is_file()
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    kept = (DEPLOY.parent / ".dockerignore").read_text("utf-8").splitlines()
    for name in " ".join(copied).split():
        assert (DEPLOY.parent / name).exists()
        assert f"!{name}" in kept


def export(package: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fangzhi", "export-site", package, "-o", folder]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "site"
    done = export(package, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_link_of_a_copy_leads_to_a_file(copy: Path) -> None:
    lost = []
    for page in copy.rglob("*.html"):
        for address in map(unescape, LINK.findall(page.read_text("utf-8"))):
            target = "" if address.startswith("https://") else unquote(address.partition("#")[0])
            if target and not (page.parent / target).is_file():
                lost.append((page.relative_to(copy).as_posix(), address))
    assert lost == []


def test_a_copy_has_no_forms_and_says_so(copy: Path) -> None:
    for language, said in (("zh", "静态副本"), ("en", "static copy")):
        home = (copy / language / "index.html").read_text("utf-8")
        assert "<form" not in home
        assert said in home
    assert "<form" not in "".join(page.read_text("utf-8") for page in copy.rglob("*.html"))


def test_a_copy_is_read_from_the_disk(copy: Path, browser: Browser) -> None:
    page = browser.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(f"file://{copy}/index.html")
    page.wait_for_url("**/zh/index.html")
    page.get_by_role("link", name="清河县试行").first.click()
    assert page.locator("mark.figure").count() > 0
    assert page.locator("body").evaluate("e => getComputedStyle(e).margin") == "0px"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert failed == []
    page.close()


def test_a_copy_holds_the_downloads_and_the_tables(copy: Path, package: Path, web: httpx.Client) -> None:
    assert (copy / "downloads" / "fangzhi.zip").read_bytes() == (package / "fangzhi.zip").read_bytes()
    assert (copy / "fangzhi" / "places.csv").read_bytes() == web.get(
        "/fangzhi/places.csv?_labels=on&_size=max"
    ).content


def test_a_copy_replaces_a_copy_and_nothing_else(package: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine", "utf-8")
    refused = export(package, mine)
    assert (refused.returncode, "choose another folder" in refused.stderr) == (2, True)
    assert (mine / "notes.txt").read_text("utf-8") == "mine"
    old = tmp_path / "old"
    old.mkdir()
    (old / MARK).write_text("", "utf-8")
    (old / "gone.html").write_text("", "utf-8")
    assert export(package, old).returncode == 0
    assert not (old / "gone.html").exists()
    assert (old / "index.html").is_file()
