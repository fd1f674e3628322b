"""Clause numbers as people write them: 8.2.4, 第八章, 八点二点四, § 8.2, cl. 9.2.

All texts are as :func:`assistant.language.fold` gives them.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_ONES = "一二三四五六七八九"
_NUMERAL = rf"[{_ONES}]?十[{_ONES}]?|[{_ONES}]"  # 1 to 99
_POINTED = re.compile(
    rf"(?<![{_ONES}十零百点])({_NUMERAL})((?:点[{_ONES}]){{1,3}})(?![{_ONES}十零百千万亿点分刻半倍个])"
)
_CHAPTER = re.compile(rf"第\s*({_NUMERAL})\s*章")
_SPACED = re.compile(r"(?<![\w.])\d{1,2}(?:\s*\.\s*\d{1,2}){1,3}(?![\w.])")
_NUMBER = r"(\d{1,2}(?:\.\d{1,2}){0,5})(?!\.?\d)"
_PART = r"(\d{1,2}(?:\.\d{1,2}){1,5})(?!\.?\d)"
_MARKED = re.compile(
    rf"(?<![a-z])(?:(?:sub-?)?clauses?|cl\.?|chapters?|sections?|sec\.)\s*{_NUMBER}"
    rf"|(?:§+|条款|条文)\s*{_NUMBER}(?:\s*(?:条款?|章节?))?"
    rf"|第\s*{_NUMBER}\s*(?:条款?|章节?)"
    rf"|第\s*{_PART}\s*[节款]"
    rf"|(?<![\d.a-z-]){_PART}\s*(?:条[款文]?|章节?|小?节|款|clause)"
)
_BARE = re.compile(
    r"(?<![a-z0-9_./$¥€£~+-])(?<!\d[,:])(\d{1,2}(?:\.\d{1,2}){1,3})"
    r"(?![a-z0-9_%]|\.\d|[-/:~]\d)"
    r"(?!\s*(?:版|%|[万亿元块倍个天日号月年周钟人次份岁秒]|分(?![为成哪几])|小时|美元"
    r"|(?:[gmt]b|hours?|days?|weeks?|months?|years?|minutes?|percent|million|points?|stars?)\b))"
)
# Something else that has numbers with points stands before it, perhaps with a verb between.
_OTHER = re.compile(
    r"(?:版本?|评分|得分|均分|平均分?|分数|满意度|可用性|\b(?:v|version|release|score|rating|average))"
    r"\s*(?:为|是|达到?|:|of|is)?\s*$"
)
_LATIN = re.compile(r"[a-z]['’]?s?\s*$")
_LED_UP_TO = re.compile(
    r"(?:^|[,;。?!、:(和跟与及或]|按照?|根据|依据?|满足|符合|对照|关于|解释|说明|讲讲|介绍|什么是|标准的?|请问|那么?"
    r"|20000(?:-1)?(?::20\d\d)?的?|\b(?:of|under|in|by|per|does|do|is|are|about|explain|meet|for|to"
    r"|and|or|vs|versus|between|with|what|standard|what's|compare|see|read|check))\s*$"
)
_LEADS_ON = re.compile(
    r"\s*(?:$|[?,、]|[这那该的是要讲说里中下对和与跟及或需怎哪有管谈指到至部分共都包吗呢规如什]"
    r"|(?:and|or|vs|requires?|asks?|says?|is|in|about|means?|covers?|demands?|wants?|needs?)\b)"
)
_LOOKED_BACK = 24  # characters
_CHAPTERS = range(4, 13)  # a bare number from outside is more likely an amount


@dataclass(frozen=True, slots=True)
class Numbered:
    """A clause number and ``folded[start:end]``, which holds the words that mark it as well."""

    number: str
    start: int
    end: int

    def overlaps(self, other: "Numbered") -> bool:
        return self.start < other.end and other.start < self.end


def in_digits(folded: str) -> str:
    """Clause numbers in Chinese numerals or with spaces round their points, in plain digits."""
    text = _POINTED.sub(lambda m: _value(m[1]) + "".join(_pointed(m[2])), folded)
    text = _CHAPTER.sub(lambda m: f"第{_value(m[1])}章", text)
    return _SPACED.sub(lambda m: re.sub(r"\s", "", m[0]), text)


def order(number: str) -> tuple[int, ...]:
    """Sorts clause numbers as the standard does: 9 before 10, 8.2 before 8.2.1."""
    return tuple(map(int, number.split(".")))


def marked(folded: str) -> Iterator[Numbered]:
    """Numbers with a word or sign that says they are those of clauses."""
    for match in _MARKED.finditer(folded):
        number = next(filter(None, match.groups()))
        yield Numbered(number, match.start(), match.end())


def bare(folded: str, known: Collection[str]) -> Iterator[Numbered]:
    """Numbers without such a word, where what stands around them reads as if of a clause.

    One of three parts that is ``known`` needs no more; one that is not known has to be led up to.
    """
    for match in _BARE.finditer(folded):
        number, after = match[1], folded[match.end() :]
        before = folded[max(0, match.start() - _LOOKED_BACK) : match.start()]
        led = _LED_UP_TO.search(before) is not None
        leads_on = _LEADS_ON.match(after) is not None
        if _OTHER.search(before) or (_LATIN.search(before) and not led):
            continue
        if number in known:
            fits = led or leads_on or number.count(".") > 1
        else:
            fits = led and leads_on and int(number.split(".")[0]) in _CHAPTERS
        if fits:
            yield Numbered(number, match.start(), match.end())


def _pointed(numerals: str) -> Iterator[str]:
    return (f".{_value(numeral)}" for numeral in numerals.split("点")[1:])


def _value(numeral: str) -> str:
    """``十二`` → ``12``; 1 to 99."""
    tens, ten, ones = numeral.rpartition("十")
    ten_times = (_ONES.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return str(ten_times + (_ONES.index(ones) + 1 if ones else 0))
