"""Script and language: telling them apart, converting between scripts, folding, tokens.

Simplified and traditional Chinese are converted with OpenCC, character by character: its word
tables for Taiwan make 进程文档 of 程序文件. Words of the field that Taiwan writes otherwise (稽核,
驗證機構, 程序書) have a table here.
"""

import re
import unicodedata
from functools import cache, lru_cache

import opencc
import Stemmer

from assistant.types import Language, StoredLanguage

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f"
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_TOKEN = re.compile(f"[{HAN}]+|[a-z]+(?:'[a-z]+)?|[0-9]+(?:\\.[0-9]+)*")
# Words that Taiwan and Hong Kong use for what the corpus calls otherwise, on output.
_TRADITIONAL_WORDS = {"信息": "資訊", "質量": "品質", "軟件": "軟體", "瞭解": "了解"}

# Words of the field as Taiwan writes them, in simplified characters, that OpenCC leaves alone.
_TAIWAN_WORDS = {
    "内稽": "内审",
    "稽核": "审核",
    "管审": "管评",
    "管理审查": "管理评审",
    "文件化资讯": "成文信息",
    "文件化信息": "成文信息",
    "验证机构": "认证机构",
    "验证稽核": "认证审核",
    "验证": "认证",
    "教育训练": "培训",
    "训练": "培训",
    "程序书": "程序文件",
    "作业说明书": "作业指导书",
    "作业标准书": "作业指导书",
    "预评": "预审",
    "政策": "方针",
    "纪录": "记录",
    "专案": "项目",
    "同仁": "员工",
    "外包商": "分承包方",
    "矫正": "纠正",
    "维运": "运维",
    "评鉴": "评价",
    "品质": "质量",
    "资讯": "信息",
    "流程书": "程序文件",
    "核决": "批准",
}
_IZE = re.compile(r"(?<=..)iz(?=e|a|i)")  # organize and organise are one word
_LOANED = 2  # so many Chinese characters may stand in an English question


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


@lru_cache(maxsize=4096)
def to_simplified(text: str) -> str:
    """Character by character; words stay those of the writer."""
    return str(_converter("t2s").convert(text))


@lru_cache(maxsize=4096)
def to_traditional(text: str) -> str:
    """Traditional characters as used in Taiwan, with the words in which usage differs."""
    converted = str(_converter("s2tw").convert(text))
    for ours, theirs in _TRADITIONAL_WORDS.items():
        converted = converted.replace(ours, theirs)
    return converted


@lru_cache(maxsize=4096)
def to_stored(text: str) -> str:
    """Inverse of :func:`to_traditional`, so that what is shown can be held against its source."""
    for ours, theirs in _TRADITIONAL_WORDS.items():
        text = text.replace(theirs, ours)
    return str(_converter("tw2s").convert(text))


def shown(text: str, language: Language) -> str:
    """Stored text as a reader of ``language`` sees it."""
    return to_traditional(text) if language == "zh-Hant" else text


def stored(language: Language) -> StoredLanguage:
    """The stored language that answers in ``language`` are made from."""
    return "en" if language == "en" else "zh"


def detect(text: str) -> Language:
    """The language of a question; Chinese wins in mixtures, since its writers borrow English terms.

    Characters that exist in one script only decide the script; simplified where none does.
    """
    han = len(_HAN.findall(text))
    if han == 0:
        return "en" if _LATIN_WORD.search(text) else "zh-Hans"
    if han <= _LOANED and len(_LATIN_WORD.findall(text)) > han + 2:
        return "en"
    traditional = sum(a != b for a, b in zip(text, to_simplified(text), strict=False))
    simplified = sum(a != b for a, b in zip(text, _converter("s2t").convert(text), strict=False))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def fold(text: str) -> str:
    """The form in which names are compared: NFKC, lower case, simplified characters."""
    return to_simplified(unicodedata.normalize("NFKC", text)).replace("著", "着").lower()


def search_forms(text: str) -> tuple[str, ...]:
    """One or two folded readings of a text: plain, and with words of Taiwan replaced."""
    plain = fold(text)
    if detect(text) != "zh-Hant":
        return (plain,)
    taiwan = plain
    for theirs, ours in _TAIWAN_WORDS.items():
        taiwan = taiwan.replace(theirs, ours)
    return (plain,) if taiwan == plain else (plain, taiwan)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


def tokens(folded: str) -> list[str]:
    """Terms for lexical search: Chinese characters and bigrams, stemmed English words, numbers."""
    found: list[str] = []
    for match in _TOKEN.finditer(folded):
        run = match.group()
        if _HAN.match(run):
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        elif run[0].isdigit():
            found.append(run)
        else:
            found.append(_stemmer().stemWord(_IZE.sub("is", run)))
    return found
