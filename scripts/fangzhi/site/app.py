"""The site as an ASGI application: an edition for each language, and data at addresses without one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from datasette.plugins import pm

from fangzhi import __version__
from fangzhi.database import FILE_NAME
from fangzhi.site import assistants, plugin
from fangzhi.site.charts.studio import Studio
from fangzhi.site.editions import with_editions, with_forms
from fangzhi.site.languages import Language
from fangzhi.site.portal import Portal
from fangzhi.site.requests import App, Message, Receive, Send, with_rules
from fangzhi.site.tags import with_tags

_PLUGIN = "fangzhi.site"
_STOCK_ERRORS = "datasette.handle_exception"


def _register_hooks() -> None:
    """Once a process: Datasette's plugin manager is global.

    Its own handler of errors runs besides any other and prints every 404 with all local variables.
    """
    if not pm.has_plugin(_PLUGIN):
        pm.register(plugin, _PLUGIN)
        pm.register(assistants, f"{_PLUGIN}.assistants")
    if pm.has_plugin(_STOCK_ERRORS):
        pm.unregister(name=_STOCK_ERRORS)


@contextmanager
def _log_left_alone() -> Iterator[None]:
    """The log of the process as it was: the server of MCP would have it tell what visitors ask."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("mcp").setLevel(logging.ERROR)


def create_app(package: Path) -> App:
    """The site over a package folder; SiteError where there is none to serve."""
    _register_hooks()
    with _log_left_alone():
        return _application(package)


def _application(package: Path) -> App:
    studio = Studio()
    pages = {language: Portal(package, language, language.base, studio).app() for language in Language}
    data = Portal(package, Language.ZH, "/", studio)
    answering = with_tags(with_rules(with_editions(pages, data.app())), _version(data))
    return _closing(studio, with_forms(answering))


def _version(portal: Portal) -> str:
    """What stands for the data and the program that answers."""
    database = next(file.sha256 for file in portal.downloads if file.path == FILE_NAME)
    return f"{__version__} {database}"


def _closing(studio: Studio, app: App) -> App:
    """The application, which ends its studio when it shuts down."""

    async def served(scope: Message, receive: Receive, send: Send) -> None:
        async def sender(message: Message) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                await studio.close()
            await send(message)

        await app(scope, receive, sender if scope["type"] == "lifespan" else send)

    return served
