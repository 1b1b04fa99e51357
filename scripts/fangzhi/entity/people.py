"""People in a public role: who speaks for a body, by title and name: 市人社局就业培训科科长薛海平介绍说."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fangzhi.lexicons import words as lexicon_words
from fangzhi.model.codes import PersonRole
from fangzhi.text.fold import fold

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付闫代覃仝"
_AFTER = r"(?=[介表说称告透指强坦认谈感]|在|向|对|带|为|率|等|[、,。:)])"


@dataclass(frozen=True)
class PersonMention:
    """A person in a public role where the name stands in a text."""

    start: int
    end: int
    name: str
    post: str
    role: PersonRole


@cache
def _titled() -> re.Pattern[str]:
    posts = "|".join(map(re.escape, lexicon_words("person_posts", "post")))
    return re.compile(rf"(?P<post>{posts})(?P<name>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?){_AFTER}")


def find_people(text: str) -> list[PersonMention]:
    """Office-holders and spokespeople with their post, in reading order."""
    folded = fold(text)
    return [
        PersonMention(
            m.start("name"),
            m.end("name"),
            text[slice(*m.span("name"))],
            text[slice(*m.span("post"))],
            PersonRole.OFFICIAL,
        )
        for m in _titled().finditer(folded)
    ]
