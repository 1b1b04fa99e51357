"""The shapes of dates in folded text, as patterns; what their words mean is settled in ``reader``."""

from __future__ import annotations

import re

from fangzhi.period.numerals import SMALL

JOIN = r"(?:至|到|[-–—―─~〜]{1,2}|、|和|及|与)"
YEAR = (
    r"(?:(?:1[5-9]|20|21)\d\d|[一二][〇零○o0一二三四五六七八九]{3}|[一二两]千零?[一二三四五六七八九十]{1,3})"
)

NUMERIC = re.compile(
    r"(?<![\d./])(?P<y>(?:1[5-9]|20|21)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?"
    r"(?![\d/]|\.\d|-\d{1,2}(?!\d)|[年月%个元万亿])"
)
"""2021-03-05, 2021/3/5, 2021.3"""

YEARS_AGO = r"(?=前(?![后三两期几\d])|历史|的历史|多)"
CALENDAR_YEAR = re.compile(
    rf"(?<![\d.])(?:公元前(?P<bc>\d{{1,4}})年|公元(?P<ad>\d{{1,4}})年"
    rf"|(?P<full>(?!\d\d00年{YEARS_AGO}){YEAR}) ?年(?:度|份)?(?!级)"
    rf"|(?P<short>\d\d|[〇零一二三四五六七八九]{{2}}) ?年(?=\d{{1,2}} ?月|[一二三四五六七八九十]{{1,2}}月)"
    rf"|(?P<old>[5-9]\d|[五六七八九][〇零一二三四五六七八九])年(?=代|[底初末春夏秋冬])"
    rf"|['’‘](?P<quoted>\d\d)(?!\d)年?"
    rf"|(?P<head>{YEAR})(?= ?{JOIN} ?{YEAR}(?:{JOIN}{YEAR}){{0,9}} ?年))"
)
"""2021年, 二〇二一年, 公元前221年, 21年3月, 98年底, ’98, and the 2018 of 2018—2020年"""

ERA_YEAR = rf" ?(?P<n>\d{{1,3}}|元|{SMALL}) ?年(?:度)?"
"""What follows the name of an era: 民国26年, 光绪二十八年, 宣统元年."""
REPUBLIC_YEAR = re.compile(
    r"(?<![\d.])(?P<y>1[0-4]\d) ?年(?:度|(?= ?(?:1[0-2]|0?[1-9]) ?月|底(?!蕴)|[至到]1[0-4]\d ?年))"
    r"|(?<=[年日底度][至到])(?P<end>1[0-4]\d) ?年度?|[去今明前][(](?P<said>1[0-4]\d)[)]年度?"
)
"""111年9月, 110年度, 105年至110年, 去(110)年: years of the Republic as papers of Taiwan write them."""

_SCHOOL = rf"(?:{YEAR}|1[0-4]\d)"
SCHOOL_YEAR = re.compile(
    rf"(?<![\d.])(?P<y>{_SCHOOL})年?(?:[-–—/至]{{1,2}}{_SCHOOL}年?)?学年度?(?:第?(?P<term>[一二12上下])学期)?"
)
"""2021—2022学年, 2020学年度第一学期, 111学年度"""

MONTH = re.compile(
    rf"(?P<m>{SMALL}|元|正|冬|腊) ?月(?:份|(?![龄饼球嫂牙]))|(?P<head>{SMALL})(?= ?{JOIN} ?{SMALL} ?月)"
)
MONTH_PAIR = re.compile(r"(?P<a>[一二三四五六七八九])(?P<b>[二三四五六七八九])月(?:份|间)?")
"""七八月, 五六月间"""

MONTHS_TO_DATE = re.compile(rf"[前头](?P<n>{SMALL})个?月(?!前)")

DAY = re.compile(
    rf"(?P<d>{SMALL}) ?(?:日|号)(?![龄游元常间楼线院]|报(?![到名道告送警]))"
    rf"|(?P<head>{SMALL})(?= ?{JOIN} ?{SMALL} ?[日号])"
)
DAY_ALONE = re.compile(
    r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)(?=日|[至到、\-–—~]{1,2}\d{1,2}日)"
)
NO_DAY = re.compile(r"[以之]?(?:[内后前]|上(?!午))|[游龄用量的左多里]")
"""What makes of 15日 a number of days."""

LUNAR = re.compile(r"农历|阴历|旧历")
LUNAR_DAY = re.compile(
    r"初[一二三四五六七八九十]|(?:[一二]?十|廿)[一二三四五六七八九]?(?![\d月年个人户万元名])"
    r"|三十(?![\d一二三四五六七八九万多余个户元])"
)

WEEKDAY = re.compile(r" ?[(]?(?:星期|周|礼拜)(?P<w>[一二三四五六日天])[)]?")
WEEK = re.compile(
    r"(?P<s>上上|下下|上|下|本|这|这个|上个|下个)?个?(?:周|星期|礼拜)(?P<w>[一二三四五六日天末])(?![边转期])"
)

_HALF_DAY = (
    r"(?:凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|深夜"
    r"|夜里|午夜|午后|晨|晚|早(?![在就已早]))"
)
_MINUTES = r"(?:整|半|许|\d{1,2}分?(?:[\d.]{1,4}秒)?|[零一二三四五六七八九十]{1,3}分)"
_HOUR = rf"(?:\d{{1,2}}|[零一二三四五六七八九十]{{1,3}})[时点](?!半?间|段|候|任|期){_MINUTES}?"
CLOCK = re.compile(rf"[ t]?(?:{_HALF_DAY} ?)?(?:{_HOUR}|\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
"""上午, 9时30分, 晚8点, 09:57; matches nothing where there is none"""

_NTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
CENTURY = re.compile(
    rf"(?:(?P<last>上个?世纪)|(?P<this>本世纪)|(?P<n>{_NTH})世纪)(?P<c>[初末]|中叶|上半叶|下半叶)?"
)
DECADE = re.compile(
    r"(?:(?P<from>\d0|[二三四五六七八九]十?)(?:年代)?(?:[、至到和—-]|(?=[三四五六七八九]十)))?"
    r"(?P<d>\d0|[一二三四五六七八九]十|零零)年代(?P<p>初期?|中期?|末期?|后期)?"
)
"""90年代初, 八九十年代, 50至60年代"""

_NUMERAL = "零〇一二两三四五六七八九十廿百几数"
START = (
    rf"(?<![\d.])\d{{1,4}} ?[年月日号.\-/—–―─~〜至到、和及与世个多余天周星季学]"
    rf"|[{_NUMERAL}○o]{{1,5}} ?[年月日号\-—–―─~〜至到、和及与世个多余天周星季千学]"
    rf"|[近前头这上][\d{_NUMERAL}的]|最近|过去|刚刚|未来|今后|接下|往后|[元正腊冬]月|[农阴旧]历|公元"
    r"|[今去昨明前][(]\d|[今去明][春夏秋冬]|[上下本这]个?[周星礼上下]|周[一二三四五六日天末]|星期|礼拜|[上本这]个?世|['’‘]\d\d"
)
"""How a date can start that no lexicon lists."""
