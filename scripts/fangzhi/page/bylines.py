"""Who wrote it: bylines, credits and the marks that open or close an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from fangzhi.lexicons import words
from fangzhi.model.codes import PersonRole
from fangzhi.text.fold import fold

_ROLE_WORDS = {
    "记者": PersonRole.REPORTER, "评论员": PersonRole.REPORTER,
    "作者": PersonRole.REPORTER, "撰稿": PersonRole.REPORTER, "实习生": PersonRole.REPORTER,
    "通讯员": PersonRole.CORRESPONDENT, "摄影": PersonRole.PHOTOGRAPHER, "摄": PersonRole.PHOTOGRAPHER,
    "供图": PersonRole.PHOTOGRAPHER, "图": PersonRole.PHOTOGRAPHER, "文": PersonRole.REPORTER,
}  # fmt: skip
# What stands among names and is none: a note on the piece, a body.
_NO_NAME = re.compile(
    r"^(?:报道|摄影报道|综合|整理|文图|图文|本报|新华社|采写|采访|撰文|编译|综合报道)$|(?:工会|协会|委|局|部|组|办|中心|公司|学校|支队|大队)$"
)
_ROLE = re.compile(r"(?:\S{0,8}?)(记者|评论员|通讯员|作者|撰稿|摄影|实习生)")
_GLUED = re.compile(
    r"(记者|评论员|通讯员|实习生|摄影)(?=[\u4e00-\u9fff]{2})|(?<=[\u4e00-\u9fff]{2})(?=(?:摄影?|供图)\s*[)]?$)"
)
# A reporter whose name closes with it only took the picture: 本报记者 林峰 摄.
_TOOK_PICTURES = re.compile(r"^(?!.*文[／/]).*(?<!文)(?:摄|供图)\s*[)]?$")
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{1,6}[·・][\u4e00-\u9fff]{1,8}$")
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DAY = rf"(?:{_NUMBER}月)?{_NUMBER}日"
_MEDIUM = r"(?:报|网|社|融媒|融媒体中心|电视台|客户端)"
# 讯 of these is no dateline word.
_TIDINGS = r"(?<![通腾资喜音简快短电联])(?:专?[讯電电]|消息)(?![话视脑力子梯影息录缆器])"
_CREDIT = (
    rf"(?:本报|本网|本刊|本台)(?:[\u4e00-\u9fff]{{0,8}}?|[\u4e00-\u9fff]{{0,8}}{_DAY}){_TIDINGS}"
    rf"|[\u4e00-\u9fff]{{1,6}}{_MEDIUM}(?:[\u4e00-\u9fff]{{0,6}}{_DAY})?{_TIDINGS}"
    rf"|(?:据)?(?:新华社|中新社|中央社)[\u4e00-\u9fff]{{0,12}}?(?:{_DAY})?{_TIDINGS}"
    rf"|^[\u4e00-\u9fff]{{2,8}}(?:{_DAY})?{_TIDINGS}(?=\s|[:(])"
)
LEAD = re.compile(
    rf"[【\[(]?(?P<credit>{_CREDIT}|(?<=[【\[(])(?:特|专|综合)讯(?=[】\])]))[】\])]?\s*"
    r"(?:[(](?P<names>[^()]{2,60})[)]|(?P<reports>(?:实习|特约)?(?:记者|通讯员)\s*[\u4e00-\u9fff\s、]{2,16}?)(?:摄影)?报道)?\s*[:,]?\s*"
    r"|[【\[(〔](?P<desk>[^【】\[\]()〔〕。,;]{2,24}?[／/][^【】\[\]()〔〕。,;]{0,12}?报[导道])[】\])〕]\s*"
    r"|[【\[〔](?P<bracket>[^【】\[\]〔〕。,;]{2,16}(?:报[导道]|专?讯|专?电|记者\s*[\u4e00-\u9fff\s、]{2,16}))[】\]〕]\s*"
    r"|[【\[(〔]记者(?P<named>[\u4e00-\u9fff]{3})[\u4e00-\u9fff]{0,8}报[导道][】\])〕]\s*"
    rf"|^(?P<told>(?:[\u4e00-\u9fff]{{2,6}})?记者[\u4e00-\u9fff、\s]{{2,30}}?)报[导道]\s*:\s*"
)
_TAIL_NAMES = re.compile(
    r"[(](?P<names>(?:本报|本网|本刊|新华社)?(?:实习|特约|首席)?(?:记者|通讯员)?\s*[^()。,;:]{0,40})[)]$"
)
_OFFICE = re.compile(r"[／/][^／/]*报[导道導]$|[^\s／/]*(?:中心|综合|綜合)?[报報][导道導]$")
"""Where and for whom it is reported, behind the names: ／屏东报导."""
_TAIL_CREDIT = re.compile(r"[(]\s*(?P<credit>(?:据|原载|来源:?|转自|摘自|原题为)[^()]{2,40})[)]$")
_TAIL_DESK = re.compile(r"\s*[(](?:责任编辑|责编|编辑|校对|审核|作者系|作者单位)[:: ][^()]{1,30}[)]$")
_LONGEST_TAIL = 160
"""Characters at the end of a text among which its last bracket is looked for."""
_TAIL_NEXT = re.compile(r"\s*[(](?P<next>(?:下转|上接|紧接)第?[^()]{1,10}版[^()]{0,12})[)]$")


_NAMES_APART = re.compile(r"[\s、]+(?:(?:《[^《》]{2,12}》|[\u4e00-\u9fff]{2,6})?(?:记者|通讯员|实习生))?\s*")
_WRITERS = re.compile(
    r"(?:《[^《》]{2,12}》|[\u4e00-\u9fff]{2,6})?(?:记者|通讯员)\s?"
    rf"(?P<names>[\u4e00-\u9fff]{{2,4}}(?:{_NAMES_APART.pattern}[\u4e00-\u9fff]{{2,4}}){{0,5}}?)"
    r"(?:\s*(?:综合|摄影)?报道)?"
)
"""Who wrote it, on a line of its own."""


_SIGNED = re.compile(r"(?<=[^\s。,;:、]{4})\s+(?=[\u4e00-\u9fff]{0,4}(?:记者|通讯员)\s)")
_LONGEST_HEADLINE = 80


@dataclass
class Byline:
    """Writers with their roles, and the credit as printed."""

    credit: str | None = None
    writers: list[tuple[str, PersonRole]] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether it names anybody or anything."""
        return bool(self.credit or self.writers)

    def extend(self, other: Byline) -> None:
        """Take over another byline's writers, and its credit where none is known yet."""
        self.credit = self.credit or other.credit
        named = {name for name, _ in self.writers}
        self.writers += [writer for writer in other.writers if writer[0] not in named]


def parse_byline(text: str) -> Byline:
    """Writers named in a byline such as ``■ 记者 徐志勤 通讯员 陈哨兵`` or ``(记者 周皓)`` or ``孙燕 摄``."""
    folded = fold(text)
    parts = re.split(
        r"[\s、,/|()■□●○◆◇▲△★☆▪·•:【】\[\]]+",
        _GLUED.sub(r"\g<0> ", re.sub(r"(?<=[\u4e00-\u9fff])·(?=[\u4e00-\u9fff])", "・", folded)),
    )
    found = Byline()
    role = PersonRole.PHOTOGRAPHER if re.search(r"(?:摄|供图|图)\s*[)]?$", folded) else PersonRole.REPORTER
    took_pictures = _TOOK_PICTURES.search(folded) is not None
    for word in parts:
        match = _ROLE.fullmatch(word)
        if match:
            role = PersonRole.PHOTOGRAPHER if took_pictures else _ROLE_WORDS[match[1]]
            found.credit = found.credit or (word if word != match[1] else None)
        elif word not in _ROLE_WORDS and not _NO_NAME.search(word) and _NAME.match(word):
            found.writers.append((_as_printed(text, folded, word), role))
    if not found.is_known:
        found.credit = text.strip(" \u3000()（）【】[]■□●○◆◇▲△★☆▪·•") or None
    return found


def _as_printed(text: str, folded: str, word: str) -> str:
    at = folded.find(word)
    return text[at : at + len(word)] if at >= 0 else word


def find_lead(text: str) -> re.Match[str] | None:
    """The dateline words (本报讯, 新华社…电) that open an article, within its first sixty characters."""
    match = LEAD.search(fold(text[:160]))
    if match and match.start() <= 60 and "。" not in text[: match.start()]:
        return match
    return None


def lead_byline(text: str, lead: re.Match[str]) -> Byline:
    """Who is named in the dateline words of a text."""
    found = Byline()
    for part in ("names", "reports", "desk", "bracket", "named", "told"):
        if not lead[part]:
            continue
        byline = parse_byline(_OFFICE.sub("", text[slice(*lead.span(part))]))
        said = _ROLE.search(fold(lead[0])) is not None
        byline.writers = [w for w in byline.writers if said or fold(w[0]).startswith(surnames())]
        found.extend(byline)
    return found


def opens_with_lead(text: str) -> bool:
    """Whether a line begins with dateline words."""
    return LEAD.match(fold(text[:160])) is not None


def names_writers(text: str) -> bool:
    """Whether a line is 记者 or the like with names and nothing else: 本报记者孙立、方小红."""
    match = _WRITERS.fullmatch(fold(text))
    names = _NAMES_APART.split(match["names"]) if match else []
    return bool(names) and all(name.startswith(surnames()) for name in names)


def trailing_byline(text: str) -> list[tuple[int, int]]:
    """Where a short line, a headline, goes on with its byline: 雨夜守堤 本报记者 方立; start to end."""
    match = _SIGNED.search(fold(text)) if len(text) <= _LONGEST_HEADLINE else None
    return [(match.start(), len(text))] if match and names_writers(text[match.start() :].strip()) else []


@cache
def surnames() -> tuple[str, ...]:
    """Family names."""
    return words("person_surnames", "surname")


def is_lead(text: str) -> bool:
    """Whether a line holds dateline words and nothing else: the text begins on the next."""
    return LEAD.fullmatch(fold(text[:160])) is not None


def find_tail(text: str) -> tuple[int, Byline, str | None] | None:
    """What closes an article in brackets: where it starts, the byline it holds, a mark of continuation."""
    offset = max(0, len(text) - _LONGEST_TAIL)
    found = _find_tail(text[offset:])
    return (offset + found[0], *found[1:]) if found else None


def _find_tail(text: str) -> tuple[int, Byline, str | None] | None:
    folded = fold(text.rstrip())
    if match := _TAIL_NEXT.search(folded):
        return match.start(), Byline(), text[match.start("next") : match.end("next")]
    if match := _TAIL_CREDIT.search(folded):
        return match.start(), Byline(credit=text[match.start("credit") : match.end("credit")]), None
    if match := _TAIL_DESK.search(folded):
        return match.start(), Byline(), None
    match = _TAIL_NAMES.search(folded)
    if match and _NO_NAME.search(match["names"]):
        return match.start(), Byline(credit=text[match.start("names") : match.end("names")].strip()), None
    if match and match["names"].strip():
        byline = parse_byline(text[match.start("names") : match.end("names")])
        if byline.writers or fold(match["names"]).startswith("本报"):
            byline.credit = byline.credit or None
            return match.start(), byline, None
    return None
