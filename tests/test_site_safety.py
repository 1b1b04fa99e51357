"""What strangers may send: SQL, arguments, methods, paths; none may hurt, all get a clear answer."""

from __future__ import annotations

import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

LONG = (
    "WITH RECURSIVE t(n, s) AS (SELECT 0, 'aaaaaaaaaa' UNION ALL SELECT n + 1, s || s FROM t WHERE n < 16) "
)
MANY = ", u(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM u WHERE k < 1000000) "
FOREVER = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
WIDE = ", ".join(["s"] * 40)
BLOBS = ", ".join(["cast(s AS blob)"] * 40)
JSON = "'[1' || replace(s, 'a', ',1') || ']'"

ATTACKS = {
    "memory by randomblob": "SELECT randomblob(900000000)",
    "memory by zeroblob": "SELECT length(zeroblob(900000000))",
    "memory by printf": "SELECT printf('%.*c', 900000000, 'x')",
    "memory by format": "SELECT format('%.*c', 900000000, 'x')",
    "memory by hex": f"{LONG} SELECT hex(hex(s)) FROM t",
    "memory by replace": f"{LONG} SELECT replace(s, 'a', s) FROM t",
    "memory by wide text": f"{LONG}{MANY} SELECT {WIDE} FROM t, u WHERE n = 16",
    "memory by wide blobs": f"{LONG}{MANY} SELECT {BLOBS} FROM t, u WHERE n = 16",
    "memory by concatenation": f"{FOREVER} SELECT group_concat(n) FROM t",
    "time by recursion": f"{FOREVER} SELECT count(*) FROM t",
    "time by joins": "SELECT count(*) FROM " + ", ".join(f"observations o{n}" for n in range(12)),
    "time by sorting": f"{FOREVER} SELECT random() FROM t ORDER BY 1",
    "time by trim": f"{LONG}{MANY} SELECT sum(length(trim(s, s))) FROM t, u",
    "time by instr": f"{LONG}{MANY} SELECT sum(instr(s, substr(s, 1, 300000) || 'b')) FROM t, u",
    "time by json": f"{LONG}{MANY} SELECT sum(json_array_length({JSON})) FROM t, u",
    "code": "SELECT load_extension('x')",
    "depth": "SELECT " + "(" * 300 + "1" + ")" * 300,
    "width": "SELECT " + ", ".join(["1"] * 200),
    "compounds": "SELECT 1" + " UNION ALL SELECT 1" * 60,
    "length": "SELECT '" + "x" * 30_000 + "'",
    "pattern": f"SELECT '{'a' * 1000}' LIKE '{'%a' * 500}'",
    "another file": "ATTACH '/etc/passwd' AS x",
    "where files lie": "SELECT * FROM pragma_database_list()",
    "a change": "DELETE FROM articles",
    "a change within": "WITH x AS (SELECT 1) DELETE FROM articles",
    "a pragma": "PRAGMA writable_schema = ON",
    "the index as text": "SELECT snippet(articles_fts, 0, '', '', '', 9) FROM articles_fts('a')",
    "another database": "SELECT * FROM _internal.databases",
}


@pytest.mark.parametrize("sql", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused_at_once(web: httpx.Client, sql: str) -> None:
    started = time.monotonic()
    response = web.get("/fangzhi.json", params={"sql": sql})
    assert time.monotonic() - started < 4
    assert response.status_code == 400
    assert response.json()["error"]
    assert response.headers["access-control-allow-origin"] == "*"


def test_the_same_bounds_hold_for_conditions_in_the_address(web: httpx.Client) -> None:
    for where in ("randomblob(900000000) = 1", "1 in (select seq from pragma_database_list())"):
        assert web.get("/fangzhi/articles.json", params={"_where": where}).status_code == 400


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT count(*) FROM observations", [[5]]),
        ("SELECT instr('供水管网', '管网'), instr('a', 'b'), instr(NULL, 'a')", [[3, 0, None]]),
        (
            "SELECT replace('a-b', '-', '+'), replace('a', '', 'b'), replace(NULL, 'a', 'b')",
            [["a+b", "a", None]],
        ),
        ("SELECT trim('  a '), ltrim('xxa', 'x'), rtrim('a。。', '。'), trim(NULL)", [["a", "a", "a", None]]),
        ("SELECT value FROM articles, json_each(keywords) ORDER BY 1", [["供水管网"], ["电子培训券"]]),
        ("SELECT name FROM pragma_table_info('themes') LIMIT 1", [["theme_id"]]),
        ("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH escape_fts('管網')", [[1]]),
    ],
)
def test_honest_sql_is_answered(web: httpx.Client, sql: str, rows: list[list[object]]) -> None:
    response = web.get("/fangzhi.json", params={"sql": sql})
    assert response.json()["rows"] == rows


def test_results_are_cut_at_the_greatest_number_of_rows(web: httpx.Client) -> None:
    sql = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5000) SELECT n FROM t"
    answer = web.get("/fangzhi.json", params={"sql": sql}).json()
    assert (len(answer["rows"]), answer["truncated"]) == (1000, True)


@pytest.mark.parametrize(
    "path",
    [
        "/fangzhi/articles?_sort=nope",
        "/fangzhi/articles?_sort=title&_sort_desc=title",
        "/fangzhi/articles?_size=x",
        "/fangzhi/articles?_timelimit=x",
        "/fangzhi/articles?_through=x",
        "/fangzhi/articles?_through={}",
        "/fangzhi/articles?_searchx=1",
        "/fangzhi/articles?_search_nope=1",
        "/fangzhi/articles?nope__in=[",
        "/fangzhi/articles?nope=1",
        "/fangzhi/articles?_where=nope",
        "/fangzhi/articles?_facet=nope",
        "/fangzhi/articles?_fts_table=nope&_search=x",
        "/fangzhi/articles?_searchmode=raw&_search=%22",
        "/fangzhi/articles?_next=,,,",
        "/fangzhi/figures?_next=x",
        "/fangzhi/articles?_col=nope",
        "/fangzhi?sql=nonsense",
        "/fangzhi?sql=select+:a",
        "/fangzhi/articles?_facet_size=x",
        "/fangzhi/articles.json?_shape=nope",
        "/fangzhi/articles?kind__arraycontains=x",
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")  # Datasette drops facets after an error
def test_arguments_that_make_no_sense_are_no_server_error(web: httpx.Client, path: str) -> None:
    assert web.get(path).status_code in (200, 400)


def test_an_unknown_column_to_sort_by_is_told(web: httpx.Client) -> None:
    response = web.get("/fangzhi/articles.json?_sort=nope")
    assert response.status_code == 400
    assert "nope" in response.json()["error"]


@pytest.mark.parametrize(
    "path", ["/", "/fangzhi/articles", "/fangzhi", "/search", "/downloads/fangzhi.zip", "/-/metadata.json"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused(web: httpx.Client, path: str, method: str) -> None:
    response = web.request(method, path, content=b"a=1")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_may_ask_from_elsewhere(web: httpx.Client) -> None:
    response = web.options("/fangzhi.json", headers={"origin": "https://example.org"})
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "name",
    [
        "databases",
        "plugins",
        "settings",
        "threads",
        "actor",
        "permissions",
        "messages",
        "patterns",
        "allow-debug",
        "auth-token",
        "logout",
    ],
)
@pytest.mark.parametrize("suffix", ["", ".json"])
def test_pages_for_developers_are_not_shown(web: httpx.Client, name: str, suffix: str) -> None:
    assert web.get(f"/-/{name}{suffix}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/article/%00",
        "/article/%2e%2e%2f",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/%00",
        "/fangzhi/%FF",
        "/%E6%96%B9",
        "/_internal",
        "/_memory",
        "/_internal/tables",
        "/:memory:",
        "/fangzhi/articles/~",
        "/downloads/../../etc/passwd",
        "/static/",
        "/fangzhi/nope",
        "/fangzhi/articles/nope",
        "/" + "a" * 5000,
    ],
)
def test_odd_paths_lead_nowhere(web: httpx.Client, path: str) -> None:
    assert web.get(path, follow_redirects=True).status_code in (400, 403, 404)


def test_raw_bytes_in_a_request_do_not_stop_the_server(site: str, web: httpx.Client) -> None:
    host, port = site.removeprefix("http://").split(":")
    for line in (
        b"GET /\xe6\x96\xb9 HTTP/1.1",
        b"GET /search?q=\xe6\x96\xff HTTP/1.1",
        b"GET /\xff?\xff HTTP/1.1",
    ):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
            status = connection.recv(64).split(b" ")[1]
        assert status in (b"200", b"400", b"404"), line
    assert web.get("/").status_code == 200


def test_csv_is_csv(web: httpx.Client) -> None:
    response = web.get("/fangzhi/places.csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text.splitlines()[0].startswith("place_id,name,full_name")


def test_the_error_page_is_in_our_words(web: httpx.Client) -> None:
    assert "没有找到" in web.get("/fangzhi/nope").text
    assert web.get("/fangzhi/nope.json").json()["status"] == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/fangzhi/codes/kind", 404),
        ("/fangzhi/codes/kind.json", 404),
        ("/fangzhi/observations.json?_through=1", 400),
        ("/fangzhi/observations.json?nope=1", 400),
        ("/fangzhi/observations.json?kind__nope=1", 400),
        ("/fangzhi/observations?nope=1", 400),
        ("/fangzhi/observations.json?kind__contains=count&value__gt=1", 200),
        ("/fangzhi.json?sql=select+1&_shape=nope", 400),
        ("/fangzhi/figures.json?_shape=object", 400),
        ("/fangzhi.json?sql=select+escape_fts(1)", 200),
        ("/fangzhi.json?sql=select+escape_fts(x'e5b2a2')", 200),
    ],
)
def test_a_mistake_in_an_address_is_told(web: httpx.Client, path: str, status: int) -> None:
    assert web.get(path).status_code == status


def test_slow_queries_leave_the_site_alone(web: httpx.Client) -> None:
    sql = "with recursive c(x) as (select {} union all select x+1 from c) select count(*) from c where x<>1"
    with ThreadPoolExecutor(24) as pool:
        slow = [
            pool.submit(web.get, "/fangzhi.json", params={"sql": sql.format(i)}, timeout=60)
            for i in range(24)
        ]
        while not any(query.done() for query in slow):  # what finds no room is refused at once
            time.sleep(0.01)
        home = web.get("/", timeout=60)
        waiting = sum(not query.done() for query in slow)
        statuses = Counter(query.result().status_code for query in slow)
    assert home.status_code == 200
    assert waiting > 0, "the home page waited for every query"
    assert set(statuses) == {400, 503}
    assert web.get("/fangzhi.json?sql=select+1").status_code == 200
