"""Words that go on from what was said before, or turn away from it. Patterns see folded text."""

import re

# Turns to something else, whatever was said before.
FRESH = re.compile(
    r"换个(?:话题|问题)|另外(?:问|想问|请教)|问(?:个|一个)(?:别的|其他|另外)|不说这个|题外话|重新问"
    r"|\b(?:change|changing) (?:of |the )*(?:subject|topic)\b|\bdifferent (?:subject|topic)\b"
    r"|\bby the way\b|\bnew question\b|\bunrelated\b"
)
_LEADING_ZH = r"^(?:(?:那么?|除此之外|除了这些|请问|嗯|好的?)[,，]?)*"
_LEADING_EN = r"^(?:(?:and|but|so|ok|okay|is that all or)[, ]+)*"
# Wants more of the same, and names nothing.
MORE = re.compile(
    _LEADING_ZH + r"还(?:有|要|需要)(?:没有)?(?:什么|哪些|啥)?(?:别的|其他的?|另外的?|更多的?)?"
    r"(?:要注意的|要说的|要做的)?(?:什么|呢|吗|么|没有?)*[?。!]*$"
    "|"
    + _LEADING_ZH
    + r"(?:有没有|要不要|有)?(?:别的|其他的?|其余的?|更多的?)(?:呢|吗|么|没有)?[?。!]*$"
    r"|^继续(?:说|讲)?[?。!]*$|^(?:就|只有)这些[吗么]?[?。!]*$"
    "|" + _LEADING_EN + r"(?:(?:is|are) there )?(?:anything|something|what|any|nothing)"
    r"(?: more| else| others?| further)+(?: (?:is |are )?(?:needed|required)| to (?:do|know)"
    r"| (?:i|we) should (?:do|know)| (?:do|should|must) (?:i|we) (?:do|know|need))?[?.!]*$"
    "|" + _LEADING_EN + r"(?:more|others?|go on|continue|the rest|is that (?:all|it|everything))"
    r"(?: please)?[?.!]*$"
)
# Asks the same of something else.
ALSO = re.compile(
    r"也|同样|呢[?。!]*$|\b(?:also|too|as well|likewise|what about|how about|the same)\b"
)
# Takes back what was understood.
CORRECTS = re.compile(
    r"不是(?:说|问|指)?[^?]*(?:是|问)|(?:我|要)(?:想)?(?:问|说|指)的(?:其实)?是|搞错|弄错"
    r"|\bnot (?:the|about|that)\b|\bi (?:mean|meant|was asking)\b|\binstead of\b|\brather than\b"
)
# Points back at a thing.
IT = re.compile(
    r"它|[这那](?:个|一步|步|次|项|件|份|里|期间|阶段|时|方面|样|之前|之后)|其中|上述|前面说|刚才"
    r"|(?:^|[,。，])(?:这|那)(?:是|要|由|得|需|会)"
    r"|\b(?:it|its|that|this|there|those|these)\b"
)
# Points back at people, and at papers.
THEY = re.compile(r"[他她](?:们)?|这个?(?:人|角色|岗位)|\b(?:he|she|him|her|his|they|them|their)\b")
PAPERS = re.compile(
    r"它们|[这那](?:些|几份|份)(?:文件|记录|资料|报告|材料)?"
    r"|\b(?:those|these|the) (?:documents|records|papers|files)\b|\bthem\b"
)
# Goes on from what was said.
ON = re.compile(
    r"^(?:那|而|还有|然后|接着|再|又|还|以及|至于|不过|但是?|可是)|呢[?。!]*$"
    r"|^(?:and|but|so|also|then|or|what about|how about|what if)\b"
)
