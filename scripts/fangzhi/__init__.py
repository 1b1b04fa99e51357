"""fangzhi 方志: from local-newspaper pages to articles and figures as open data."""

__version__ = "0.1.0"
