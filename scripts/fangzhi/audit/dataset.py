"""The checks of a whole dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from fangzhi.audit.article import check_article
from fangzhi.audit.restated import check_across, corroborate
from fangzhi.model.dataset import Dataset
from fangzhi.model.table import Row
from fangzhi.model.tables import Article, Check, Observation, Period


def audited(data: Dataset) -> Dataset:
    """The dataset with its checks, and each restated figure pointing to the one that it restates."""
    articles, observations = data.rows(Article), data.rows(Observation)
    checks = [*_within(articles, observations, data.rows(Period)), *check_across(articles, observations)]
    tables = dict(data.tables)
    tables[Observation.table.name] = list[Row](corroborate(observations, articles))
    tables[Check.table.name] = list[Row](checks)
    return Dataset(tables)


def _within(
    articles: Iterable[Article], observations: Iterable[Observation], periods: Iterable[Period]
) -> Iterator[Check]:
    figures: defaultdict[str, list[Observation]] = defaultdict(list)
    for row in observations:
        figures[row.article_id].append(row)
    times: defaultdict[str, list[Period]] = defaultdict(list)
    for period in periods:
        times[period.article_id].append(period)
    for article in articles:
        yield from check_article(article, figures[article.article_id], times[article.article_id])
