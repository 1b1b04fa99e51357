"""Examples for programs, which run as they stand against the very site that shows them; the tests run each.

``BASE`` stands for the address of the site, without the stroke at its end. The statements suit any build.
"""

from __future__ import annotations

from dataclasses import dataclass

from datasette import Response
from datasette.utils.asgi import Request

from fangzhi.site.address import public_address
from fangzhi.site.portal import Portal


@dataclass(frozen=True)
class Example:
    """A program: what it shows, what runs it, its text, and a word that its output has."""

    name: str
    zh: str
    en: str
    runs: str
    code: str
    prints: str

    def at(self, base: str) -> str:
        """The program for a site."""
        return self.code.replace("BASE", base)


EXAMPLES = (
    Example(
        "curl-rows", "curl：一张表的几行，作 JSON", "curl: a few rows of a table, as JSON", "sh",
        """curl -s 'BASE/fangzhi/indicators.json?_shape=array&_size=3&_col=name&_col=name_en'""",
        "indicator_id",
    ),
    Example(
        "curl-sql", "curl：用 SQL 提问，作 CSV，附原文", "curl: a question in SQL, as CSV, with quotes", "sh",
        """curl -s --get 'BASE/fangzhi.csv' --data-urlencode \\
  "sql=select quote, measure, value, unit, place, title, article_id
       from figures order by published_on desc limit 5\"""",
        "quote,measure,value",
    ),
    Example(
        "curl-accept", "curl：以 Accept 选格式", "curl: the form by Accept", "sh",
        """curl -s -H 'Accept: text/csv' 'BASE/fangzhi/units?_size=3'""",
        "unit_id,name",
    ),
    Example(
        "curl-stream", "curl：整张表，逐行传来", "curl: a whole table, streamed", "sh",
        """curl -s 'BASE/fangzhi/codes.csv?_stream=on'""",
        "code_list,code",
    ),
    Example(
        "pandas", "pandas：代码仍是文字", "pandas: codes stay text", "python",
        """import json
from urllib.request import urlopen

import pandas as pd

base = "BASE/data/latest"
schema = json.load(urlopen(f"{base}/schemas/places.json"))
text = {field["name"]: "string" for field in schema["fields"] if field["type"] == "string"}
places = pd.read_csv(f"{base}/data/places.csv", dtype=text)
print(places[["place_id", "code", "full_name"]].head())
assert places["code"].dtype == "string"
""",
        "full_name",
    ),
    Example(
        "polars", "polars：Parquet 带着类型", "polars: Parquet carries the types", "python",
        """from io import BytesIO
from urllib.request import urlopen

import polars as pl

file = urlopen("BASE/data/latest/downloads/observations.parquet").read()
figures = pl.read_parquet(BytesIO(file))
print(figures.select("measure", "value", "unit", "period_end", "place_id", "quote").head())
assert figures.schema["place_id"] == pl.String
""",
        "measure",
    ),
    Example(
        "duckdb", "DuckDB：两张表合起来问", "DuckDB: two tables joined", "python",
        """from urllib.request import urlretrieve

import duckdb

for table in ("observations", "places"):
    urlretrieve(f"BASE/data/latest/downloads/{table}.parquet", f"{table}.parquet")
duckdb.sql(\"\"\"
    select p.code, p.full_name, o.measure, o.value, o.unit, o.quote
    from 'observations.parquet' o join 'places.parquet' p using (place_id)
    order by o.observation_id limit 5
\"\"\").show()
""",
        "full_name",
    ),
    Example(
        "r", "R：各列先作文字", "R: columns are text first", "R",
        """library(readr)

places <- read_csv(
  "BASE/data/latest/data/places.csv",
  col_types = cols(.default = col_character(), latitude = col_double(), longitude = col_double())
)
print(head(places[, c("place_id", "code", "full_name")]))
stopifnot(is.character(places$code))
""",
        "full_name",
    ),
    Example(
        "javascript", "JavaScript：Node 或网页", "JavaScript: in Node or a page", "node",
        """const question = new URLSearchParams({
  sql: "select quote, measure, value, unit, place, article_id from figures limit 3",
  _shape: "array",
});
const answer = await fetch(`BASE/fangzhi.json?${question}`);
for (const figure of await answer.json()) {
  console.log(figure.quote, figure.measure, `BASE/article/${figure.article_id}`);
}
""",
        "/article/",
    ),
    Example(
        "sqlite", "sqlite3：取来数据库，在自己机器上问", "sqlite3: take the database and ask at home", "sh",
        """curl -sL -o fangzhi.db 'BASE/data/latest/fangzhi.db'
sqlite3 -header fangzhi.db 'select kind, count(*) as figures from observations group by kind'""",
        "kind|figures",
    ),
    Example(
        "checksum", "核对下载的文件", "Check what was downloaded", "sh",
        """curl -sL -o units.csv 'BASE/data/latest/data/units.csv'
curl -sL 'BASE/data/latest/downloads.json' | python3 -c '
import hashlib, json, sys
told = {file["path"]: file["sha256"] for file in json.load(sys.stdin)["files"]}
here = hashlib.sha256(open("units.csv", "rb").read()).hexdigest()
print("same" if here == told["data/units.csv"] else "different")'""",
        "same",
    ),
    Example(
        "mcp", "AI 助手：MCP 一问，得数据与出处", "AI assistants: figures with sources over MCP", "sh",
        """curl -s 'BASE/-/mcp' -H 'Content-Type: application/json' \\
  -H 'Accept: application/json, text/event-stream' \\
  -d '{"jsonrpc": "2.0", "id": 1, "method": "tools/call",
       "params": {"name": "find_figures", "arguments": {"words": "", "most": 2}}}'""",
        "quote",
    ),
)  # fmt: skip


async def developers_page(datasette: Portal, request: Request) -> Response:
    """The page for developers."""
    base = public_address(datasette, request).rstrip("/")
    context = {"examples": EXAMPLES, "base": base}
    return Response.html(await datasette.render_template("developers.html", context, request=request))


ROUTES = [(r"/developers$", developers_page)]
