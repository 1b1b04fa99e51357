"""A real browser for the tests of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOW_TO_GET_ONE = (
    "没有找到浏览器：请安装 chromium，或以环境变量 CHROMIUM 指明，或运行 playwright install chromium。 "
    "No browser found: install chromium (apt-get install chromium), set CHROMIUM to its path, "
    "or run `playwright install chromium`."
)


def find_browser() -> str | None:
    """The path of an installed Chromium: $CHROMIUM, else on PATH; None leaves it to Playwright's own."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A running browser, for as long as it is used."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        except Error as error:
            raise AssertionError(HOW_TO_GET_ONE) from error
        yield browser
        browser.close()
