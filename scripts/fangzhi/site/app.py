"""The site as an ASGI application: an edition for each language, and data at addresses without one."""

from __future__ import annotations

from pathlib import Path

from datasette.plugins import pm

from fangzhi.site import plugin
from fangzhi.site.charts.studio import Studio
from fangzhi.site.editions import with_editions, with_forms
from fangzhi.site.languages import Language
from fangzhi.site.portal import Portal
from fangzhi.site.requests import App, Message, Receive, Send, with_rules

_PLUGIN = "fangzhi.site"
_STOCK_ERRORS = "datasette.handle_exception"


def _register_hooks() -> None:
    """Once a process: Datasette's plugin manager is global.

    Its own handler of errors runs besides any other and prints every 404 with all local variables.
    """
    if not pm.has_plugin(_PLUGIN):
        pm.register(plugin, _PLUGIN)
    if pm.has_plugin(_STOCK_ERRORS):
        pm.unregister(name=_STOCK_ERRORS)


def create_app(package: Path) -> App:
    """The site over a package folder; SiteError where there is none to serve."""
    _register_hooks()
    studio = Studio()
    pages = {language: Portal(package, language, language.base, studio).app() for language in Language}
    data = Portal(package, Language.ZH, "/", studio).app()
    return _closing(studio, with_forms(with_rules(with_editions(pages, data))))


def _closing(studio: Studio, app: App) -> App:
    """The application, which ends its studio when it shuts down."""

    async def served(scope: Message, receive: Receive, send: Send) -> None:
        async def sender(message: Message) -> None:
            if message["type"] == "lifespan.shutdown.complete":
                await studio.close()
            await send(message)

        await app(scope, receive, sender if scope["type"] == "lifespan" else send)

    return served
