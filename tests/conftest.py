"""What several tests share: a package on disk, the site over HTTP, a browser."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from hypothesis import settings
from playwright.sync_api import Browser

sys.path.insert(0, str(Path(__file__).parent))

from browser import open_browser
from command import PAGE
from rich.console import Console
from sample import SOURCE, dataset

from fangzhi.database import FILE_NAME
from fangzhi.database.write import write_database
from fangzhi.model.tables import Observation, SystemComponent
from fangzhi.package.policy import TextPolicy
from fangzhi.quality.measure import quality
from fangzhi.quality.report import QUALITY, Quality, SystemGap
from fangzhi.run.build import build
from fangzhi.run.progress import Progress
from fangzhi.site.app import create_app
from fangzhi.site.serve import open_socket

ROOT = Path(__file__).parent.parent
settings.register_profile("same", derandomize=True)  # a verdict on a change must not hang on chance
settings.load_profile("same" if os.environ.get("CI") else "default")
FILES = {"data/文章 articles.csv": "text/csv; charset=utf-8", "fangzhi.zip": "application/zip"}


@contextmanager
def serving(package: Path) -> Iterator[str]:
    """The site over a package, at the address given, until done with."""
    with open_socket("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(package), log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def report() -> Quality:
    """The quality of the sample, which another build with other rows preceded."""
    last = dataset()
    _, figure, *rest = last.rows(Observation)
    older = [
        figure.model_copy(update={"measure": "别的"}),
        figure.model_copy(update={"observation_id": "old"}),
    ]
    last.tables |= {"observations": [*older, *rest], "system_components": last.rows(SystemComponent)[1:]}
    gap = SystemGap(system_id=f"{SOURCE}-s16", name="“三个一”机制", declared=3, found=2)
    return quality(dataset(), last.tables).model_copy(update={"system_gaps": (gap,)})


def make_package(folder: Path) -> Path:
    """A package of the sample with its report, and two files to download."""
    write_database(dataset(), folder / FILE_NAME)
    (folder / QUALITY).write_text(report().model_dump_json(), encoding="utf-8")
    (folder / "metadata.yml").write_bytes((ROOT / "metadata.yml").read_bytes())
    (folder / "data").mkdir()
    entries = []
    for name, media_type in FILES.items():
        content = f"{name}\n".encode() * 1000
        (folder / name).write_bytes(content)
        entries.append(
            {
                "path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(),
                "media_type": media_type, "rows": 1000, "title_zh": "文章", "title_en": "Articles",
            }
        )  # fmt: skip
    (folder / "downloads.json").write_text(json.dumps({"files": entries}), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_package(tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two builds leave: a page, then the page mended and another beside it."""
    folder = tmp_path_factory.mktemp("built")
    pages = folder / "pages"
    pages.mkdir()
    (pages / "one.txt").write_text(PAGE, encoding="utf-8")
    build([pages], folder / "out", TextPolicy.FULL, Progress(Console(quiet=True)))
    (pages / "one.txt").write_text(PAGE.replace("442张", "443张"), encoding="utf-8")
    (pages / "two.txt").write_text(PAGE.replace("42公里", "17公里"), encoding="utf-8")
    build([pages], folder / "out", TextPolicy.FULL, Progress(Console(quiet=True)))
    return folder / "out"


@pytest.fixture(scope="session")
def portal(built: Path) -> Iterator[str]:
    """The site over what two builds left."""
    with serving(built) as address:
        yield address


@pytest.fixture(scope="session")
def site(package: Path) -> Iterator[str]:
    with serving(package) as address:
        yield address


@pytest.fixture(scope="session")
def web(site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site, timeout=30, follow_redirects=True) as client:
        yield client


@pytest.fixture(scope="module")  # no longer: its event loop would be in the way of other tests
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found
