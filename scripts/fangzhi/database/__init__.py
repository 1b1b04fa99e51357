"""The package as one SQLite file: typed tables, keys, full-text search, and views for analysts."""

FILE_NAME = "fangzhi.db"
