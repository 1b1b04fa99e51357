"""Code lists: the closed vocabularies of coded columns, each code with its Chinese and English label."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A member of a code list; its value is what stands in the data."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member


class Basis(Code):
    """How a fact about the page itself is known."""

    EXPLICIT = "explicit", "版面印明", "printed on the page"
    INFERRED = "inferred", "由正文推定", "inferred from the text"
    GIVEN = "given", "随文件提供", "given beside the file"


class Script(Code):
    """ISO 15924 code of the characters a page is printed in."""

    HANS = "Hans", "简体", "simplified"
    HANT = "Hant", "繁体", "traditional"


class RepairKind(Code):
    """What was mended in a page, as its repairs count it."""

    HTML_BLOCK = "html_block", "网页脚本与样式", "scripts and styles of the web page"
    HTML_TAG = "html_tag", "网页标签", "tags of the web page"
    HTML_ENTITY = "html_entity", "网页转义字符", "entities of the web page"
    CARRIAGE_RETURN = "carriage_return", "回车符", "carriage returns"
    LINE_SEPARATOR = "line_separator", "异体换行符", "unusual line separators"
    CONTROL_CHARACTER = "control_character", "控制字符", "control characters"
    PINYIN_BRACKET = "pinyin_bracket", "拼音括注", "pinyin in brackets"
    PINYIN_DEBRIS = "pinyin_debris", "拼音残片", "debris of pinyin"
    URL = "url", "网址", "addresses"
    STRAY_SPACE = "stray_space", "多余空格", "stray spaces"
    LINE_WRAP = "line_wrap", "段中折行", "lines broken inside a paragraph"
    TORN_PARAGRAPH = "torn_paragraph", "断开的段落", "torn paragraphs"
    REPEATED_PARAGRAPH = "repeated_paragraph", "重复的段落", "repeated paragraphs"
    PAGE_FURNITURE = "page_furniture", "版面附件", "furniture of the page"


class ArticleKind(Code):
    """What kind of piece an article is."""

    NEWS = "news", "消息", "news"
    FEATURE = "feature", "通讯特稿", "feature"
    COMMENTARY = "commentary", "评论", "commentary"
    PHOTO = "photo", "图片", "photo caption"
    NOTICE = "notice", "公告", "notice"


class Kind(Code):
    """What kind of quantity a figure is."""

    COUNT = "count", "数量", "count"
    MONEY = "money", "金额", "money"
    AREA = "area", "面积", "area"
    LENGTH = "length", "长度", "length"
    WEIGHT = "weight", "重量", "weight"
    VOLUME = "volume", "体积", "volume"
    RATIO = "ratio", "比例", "ratio"
    RATE = "rate", "增减幅度", "rate of change"
    DURATION = "duration", "时长", "duration"
    AGE = "age", "年龄", "age"
    OTHER = "other", "其他", "other"


class Qualifier(Code):
    """How exactly the text states a figure."""

    EXACT = "exact", "确数", "exact"
    APPROX = "approx", "约数", "approximately"
    MORE_THAN = "more_than", "多于", "more than"
    AT_LEAST = "at_least", "不少于", "at least"
    LESS_THAN = "less_than", "少于", "less than"
    AT_MOST = "at_most", "不多于", "at most"


class Status(Code):
    """What a figure states: something reached, aimed at, prescribed, or possible."""

    ACTUAL = "actual", "实际", "actual"
    TARGET = "target", "目标", "target"
    POLICY = "policy", "政策标准", "set by policy"
    CAPACITY = "capacity", "能力", "capacity"


class Statistic(Code):
    """Which statistic of what is measured a figure is."""

    LEVEL = "level", "水平", "level"
    TOTAL = "total", "总量", "total"
    MEAN = "mean", "平均", "mean"
    CUMULATIVE = "cumulative", "累计", "cumulative"
    CHANGE = "change", "增减量", "change"
    RATE_OF_CHANGE = "rate_of_change", "增减率", "rate of change"
    SHARE = "share", "占比", "share"
    RATIO = "ratio", "比率", "ratio"
    RANK = "rank", "位次", "rank"


class PeriodFrom(Code):
    """Where the period of a figure is from."""

    STATED = "stated", "本句所述", "stated in its sentence"
    CARRIED = "carried", "承前文", "carried over from elsewhere in the article"
    PAGE = "page", "依版面日期", "from the date of the page alone"


class PlaceLevel(Code):
    """Administrative level of a place."""

    COUNTRY = "country", "国家", "country"
    PROVINCE = "province", "省级", "province"
    PREFECTURE = "prefecture", "地级", "prefecture"
    CITY = "city", "境外城市", "city abroad"
    COUNTY = "county", "县级", "county"
    TOWNSHIP = "township", "乡级", "township"
    VILLAGE = "village", "村级", "village"
    LOCALITY = "locality", "村级以下", "below a village"


class NameBasis(Code):
    """Where the name of a place is from."""

    LISTED = "listed", "见于区划表", "in the list of administrative units"
    PRINTED = "printed", "区划表所无，仅据原文", "in no list, only as printed"


class SystemKind(Code):
    """What kind of named thing a system is."""

    MODEL = "model", "模式", "model"
    MECHANISM = "mechanism", "机制", "mechanism"
    PROJECT = "project", "工程", "project"
    ACTION = "action", "行动", "campaign"
    PLATFORM = "platform", "平台", "platform"
    INSTITUTION = "institution", "制度", "institution"
    BRAND = "brand", "品牌", "brand"
    BODY = "body", "机构", "body"
    VOUCHER = "voucher", "凭证", "voucher"
    ACTIVITY = "activity", "活动", "activity"
    OTHER = "other", "其他", "other"


class SystemEvidence(Code):
    """By what a figure belongs to a named system."""

    NAMED = "named", "同句点名", "the system is named in its sentence"
    PART = "part", "同句点及组成", "a part of the system is named in its sentence"
    CONTINUED = "continued", "接续上句", "its sentence goes on from one that names the system"


class EntityType(Code):
    """Which table an entity mentioned in the text stands in."""

    PLACE = "place", "地点", "place"
    ORGANIZATION = "organization", "组织", "organization"
    PERSON = "person", "人物", "person"


class PersonRole(Code):
    """In what public role a person is named."""

    REPORTER = "reporter", "记者", "reporter"
    CORRESPONDENT = "correspondent", "通讯员", "correspondent"
    PHOTOGRAPHER = "photographer", "摄影", "photographer"
    OFFICIAL = "official", "公职人员", "office-holder"
    SPOKESPERSON = "spokesperson", "负责人", "spokesperson"


class CheckKind(Code):
    """The arithmetic that ties figures together."""

    SUM = "sum", "合计", "sum"
    SHARE = "share", "占比", "share"
    GROWTH = "growth", "增长", "growth"
    DIFFERENCE = "difference", "差额", "difference"
    PRODUCT = "product", "乘积", "product"
    RESTATED = "restated", "重述", "restated"


class Verdict(Code):
    """What came of a check."""

    HOLDS = "holds", "相符", "holds"
    ROUNDING = "rounding", "在修约误差内", "within rounding"
    CONTRADICTS = "contradicts", "不符", "contradicts"


class IssueKind(Code):
    """What could not be read or was left aside."""

    EMPTY = "empty_file", "空文件", "empty file"
    BINARY = "binary_file", "非文本文件", "not a text file"
    UNREADABLE = "unreadable_file", "无法读取", "unreadable file"
    LIST_MISTAKE = "source_list", "来源清单有误", "mistake in the list of sources"
    MISSING = "missing_file", "文件不存在", "missing file"
    TOO_LARGE = "too_large", "文件过大", "file too large"
    ENCODING = "decoding", "有字符无法解码", "characters that could not be decoded"
    CONTROL = "control_characters", "控制字符", "control characters"
    SKIPPED = "skipped_file", "未读的文件", "file left unread"
    DUPLICATE = "duplicate_source", "重复文件", "duplicate file"
    UNDATED = "undated_page", "版面日期不明", "date of the page not known"
    NO_ARTICLE = "no_article", "未见文章", "no article found"
    DAMAGED = "damaged_text", "文字受损", "damaged text"
    UNASSIGNED_TEXT = "unassigned_text", "未归入文章的文字", "text in no article"
    UNREAD_NUMERAL = "unread_numeral", "未计为数据的数字", "numeral not taken as a figure"
    UNRESOLVED_PERIOD = "unresolved_period", "时间未定", "period not resolved"
    UNRESOLVED_PLACE = "unresolved_place", "地点未定", "place not resolved"
    UNSOUND = "unsound_row", "未发布的行", "row not published"
    FAILED = "failed", "处理出错", "processing failed"
    STALE_CORRECTION = "stale_correction", "更正已不适用", "stale correction"
    REJECTED_CORRECTION = "rejected_correction", "更正未采用", "rejected correction"


class CorrectionState(Code):
    """What came of a correction."""

    APPLIED = "applied", "已采用", "applied"
    STALE = "stale", "已不适用", "stale"
    REJECTED = "rejected", "未采用", "rejected"


class Severity(Code):
    """How much an issue costs the reader of the data."""

    ERROR = "error", "错误", "error"
    WARNING = "warning", "警告", "warning"
    NOTE = "note", "说明", "note"
