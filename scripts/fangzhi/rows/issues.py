"""Issues: what could not be read or was left aside, where, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from fangzhi.model.codes import IssueKind, Severity
from fangzhi.model.tables import Issue, Observation
from fangzhi.rows.reading import Reading
from fangzhi.text.repair import is_control
from fangzhi.text.source import Decoded, Document
from fangzhi.text.spans import Mapped

_WORDS: dict[IssueKind, tuple[Severity, str, str]] = {
    IssueKind.EMPTY: (Severity.ERROR, "文件是空的。请补上版面文字，或将其移出输入文件夹。", "The file is empty. Put the text of the page in it, or take it out of the input folder."),
    IssueKind.BINARY: (Severity.ERROR, "文件不是文本（{0}）。请换成 .txt 或 .html 文本文件。", "The file is not text ({1}). Give the page as a .txt or .html text file."),
    IssueKind.UNREADABLE: (Severity.ERROR, "文件无法读取：{0}。", "The file could not be read: {1}."),
    IssueKind.MISSING: (Severity.ERROR, "没有这个文件或文件夹。请检查路径。", "There is no such file or folder. Check the path."),
    IssueKind.TOO_LARGE: (Severity.ERROR, "文件有 {0} 字节，超过单页上限 {1} 字节。请按版面拆分。", "The file has {0} bytes, more than the {1} a page may have. Split it into pages."),
    IssueKind.SKIPPED: (Severity.NOTE, "{0} 文件是数据或文档而非版面文字，未读。如确为版面，请单独指名。", "A {0} file holds data or notes, not the text of a page, and was not read. Name it by itself if it is one."),
    IssueKind.DUPLICATE: (Severity.WARNING, "内容与 {0} 完全相同，只取一次。", "Its content is the same as that of {0}; it is taken once."),
    IssueKind.ENCODING: (Severity.WARNING, "有 {0} 个字符无法按 {1} 解码，已略去。请提供 UTF-8 文本。", "{0} characters could not be decoded as {1} and were left out. Give the text in UTF-8."),
    IssueKind.CONTROL: (Severity.NOTE, "略去了 {0} 个控制字符。", "{0} control characters were left out."),
    IssueKind.NO_ARTICLE: (Severity.ERROR, "未能从中读出文章。请确认文件是报纸版面的文字。", "No article was found in it. Make sure that the file holds the text of a newspaper page."),
    IssueKind.DAMAGED: (Severity.WARNING, "此处有文字在网页转码时损毁，无法复原。", "Characters were destroyed here when the page was converted; they cannot be restored."),
    IssueKind.UNASSIGNED_TEXT: (Severity.NOTE, "这段文字未归入任何文章。", "This text was put into no article."),
    IssueKind.UNREAD_NUMERAL: (Severity.NOTE, "此数字未计为数据：{0}。", "This numeral was not taken as a figure: {1}."),
    IssueKind.UNRESOLVED_PERIOD: (Severity.NOTE, "数据所属时间未能确定。", "The period of the figure could not be resolved."),
    IssueKind.UNRESOLVED_PLACE: (Severity.NOTE, "地点未能对应到区划代码：{0}。", "The place could not be matched to an administrative code: {0}."),
    IssueKind.FAILED: (Severity.ERROR, "处理此文件时出错：{0}。其余文件不受影响；请附上该文件报告问题。", "Reading this file failed: {0}. The other files are not affected; please report it with the file."),
    IssueKind.STALE_CORRECTION: (Severity.WARNING, "第 {0} 行的更正（{1}）没有采用：{2}。请核对后改写或删去这一行。", "The correction in line {0} ({1}) was not applied: {3}. Look at it again, then change or remove the line."),
    IssueKind.REJECTED_CORRECTION: (Severity.ERROR, "第 {0} 行的更正（{1}）没有采用：{2}。请改正这一行。", "The correction in line {0} ({1}) was not applied: {3}. Mend the line."),
}  # fmt: skip
_REASONS = {
    "name": ("是名称或提法的一部分", "part of a name or set phrase"),
    "formula": ("其后列举的是提法的组成部分", "counts the parts of a formula"),
    "base of a rate": ("是比率的基数", "the base of a rate"),
    "base of a rate": ("是比率的基数", "the base of a rate"),
    "no unit": ("没有单位或量词", "no unit or classifier"),
}


def file_issue(
    kind: IssueKind, path: str, *details: object, document: Document | None = None, part: str = ""
) -> Issue:
    """An issue about a whole file; ``document`` where the file became a source, ``part`` to tell several apart."""
    severity, zh, en = _WORDS[kind]
    key = (
        document.source_id
        if document
        else hashlib.sha256(path.encode("utf-8", "backslashreplace")).hexdigest()[:12]
    )
    return Issue(
        issue_id="-".join(filter(None, (key, kind.value, part))),
        path=path,
        source_id=document.source_id if document else None,
        kind=kind,
        severity=severity,
        reason=zh.format(*details),
        reason_en=en.format(*details),
    )


def correction_issue(
    kind: IssueKind,
    key: str,
    path: str,
    *details: object,
    article: str | None = None,
    reading: str | None = None,
) -> Issue:
    """A correction that was not applied; ``reading`` is what the row says now."""
    severity, zh, en = _WORDS[kind]
    return Issue(
        issue_id=f"{key}-{kind.value}",
        path=path,
        article_id=article,
        kind=kind,
        severity=severity,
        reason=zh.format(*details),
        reason_en=en.format(*details),
        quote=reading,
    )


def decoding_issues(document: Document, decoded: Decoded, repairs: dict[str, int]) -> Iterator[Issue]:
    """Characters that could not be decoded, and control characters."""
    if decoded.replaced:
        yield file_issue(
            IssueKind.ENCODING, document.path, decoded.replaced, decoded.encoding, document=document
        )
    dropped = repairs.get("control_character", 0) - decoded.replaced
    if dropped > 0:
        yield file_issue(IssueKind.CONTROL, document.path, dropped, document=document)


def damage_issues(document: Document, text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[Issue]:
    """Stretches of the source that cannot be mended."""
    for start, end in spans:
        yield _source_issue(IssueKind.DAMAGED, document, text[start:end], start, end)


def unassigned_issues(document: Document, parts: list[Mapped]) -> Iterator[Issue]:
    """Text that stands in no article."""
    for part in parts:
        if len(part):
            yield _source_issue(
                IssueKind.UNASSIGNED_TEXT, document, part.text, *part.source_span(0, len(part))
            )


def _source_issue(
    kind: IssueKind,
    document: Document,
    quote: str,
    start: int,
    end: int,
    *details: object,
    article: str | None = None,
) -> Issue:
    severity, zh, en = _WORDS[kind]
    return Issue(
        issue_id=f"{document.source_id}-{kind.value}-{start}",
        path=document.path,
        source_id=document.source_id,
        article_id=article,
        kind=kind,
        severity=severity,
        reason=zh.format(*details),
        reason_en=en.format(*details),
        quote=_shown(quote) or None,
        source_start=start,
        source_end=end,
    )


def _shown(quote: str) -> str:
    """The beginning of a stretch of the source, without the control characters it may hold."""
    return "".join(c for c in quote[:200] if c == "\n" or not is_control(c)).strip()


def reading_issues(reading: Reading, observations: list[Observation]) -> Iterator[Issue]:
    """Numerals left aside, places without a code and figures without a period in one article."""
    for aside in reading.left_aside:
        zh, en = _REASONS.get(aside.reason, (aside.reason, aside.reason))
        yield _article_issue(IssueKind.UNREAD_NUMERAL, reading, aside.start, aside.end, zh, en)
    for place in reading.places:
        if place.place_id is None:
            yield _article_issue(IssueKind.UNRESOLVED_PLACE, reading, place.start, place.end, place.name)
    for row in observations:
        if row.period_start is None and row.period_end is None:
            yield _article_issue(IssueKind.UNRESOLVED_PERIOD, reading, row.text_start, row.text_end)


def _article_issue(kind: IssueKind, reading: Reading, start: int, end: int, *details: object) -> Issue:
    source_start, source_end = reading.body.source_span(start, end)
    return _source_issue(
        kind,
        reading.document,
        reading.text[start:end],
        source_start,
        source_end,
        *details,
        article=reading.article_id,
    )
