"""The words of questions: how intents are asked, and words that carry no content of their own."""

import re

from assistant.answering.model import Intent
from assistant.answering.phrases import Phrase

# Tried in this order; the first that matches is the intent. Patterns see folded text.
_ASKED: tuple[tuple[Intent, str, str], ...] = (
    (
        "next",
        r"下一?步|下面(?:该|要|再)?(?:做|干|办|是)|往后|接着(?:做|干|该|要|呢|是)|轮到|干嘛|接下来|紧接着|然后呢|下个阶段|(?:之后|以后|完后|后面|过后|完了?|结束后?|后)[,, ]*"
        r"(?:我们|公司|还|又|再|该|应该|应|需要|需|要|是|会|轮到|进入|到){0,3}"
        r"(?:做|干|办|开展|进行|进入|到|安排|是)?(?:什么|啥|哪一?步|哪个|呢)",
        r"\bnext\b|\bwhat (?:should|do|must|can|happens|comes|follows|then)\b.*\bafter\b"
        r"|\bafter\b.*\bwhat\b|\bwhat then\b|\bwhat now\b|\bthen what\b|\bwhat(?:'s| is) left\b|\bwhat follows\b",
    ),
    (
        "before",
        r"上一步|(?:之前|以前|前面|前|先)[,, ]*(?:我们|还|应该|应|需要|需|要|必须|得|该){0,3}"
        r"(?:做|干|办|完成|准备|具备)(?:完|好)?(?:什么|啥|哪些|哪一?步)|先决|前提",
        r"\bwhat\b.*\bbefore\b|\bbefore\b.*\bwhat\b|\bprecedes?\b|\bprerequisites?\b",
    ),
    (
        "difference",
        r"区别|差别|差在|不同|分别(?:在|有)|不一样|有何差|咩分别",
        r"\bdifferences?\b|\bdiffers?\b|\bdistinction\b|\bversus\b|\bvs\b",
    ),
    (
        "duties",
        r"职责|(?:负责|承担|管)(?:些)?(?:什么|哪些|啥)|(?:什么|哪些)(?:责任|任务)|主要责任|做些?什么工作",
        r"\bduties\b|\bduty\b|\bresponsibilit|\bresponsible for what\b|\bjob of\b"
        r"|\bwhat (?:does|do|must|should) (?:the |an? |our )?[\w ]+ (?:do|have to do)\b",
    ),
    (
        "who",
        r"谁|哪个部门|哪些部门|什么人|哪些人|何人|哪个角色|什么角色|哪位|哪一级",
        r"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:roles?|person|people|departments?)\b|\bby whom\b",
    ),
    (
        "frequency",
        r"多久|几次|几回|多少次|频率|频次|多长时间一次|几遍|隔多长",
        r"\bhow often\b|\bhow many times\b|\bhow frequent|\bfrequency\b|\bhow many\b",
    ),
    (
        "documents",
        r"(?:哪些|什么|啥|哪几)(?:样的)?(?:文件|[记纪]录|资料|材料|文档|表单|证据|报告|清单)(?:(?:和|与|及|或|、)(?:文件|[记纪]录|资料|材料|表单))*"
        r"|(?:文件|[记纪]录|资料|材料|文档|表单|证据)(?:是|有|要|包括|分别|需要)*(?:哪些|什么|啥)|产出|输出|留下什么|交付物",
        r"\b(?:which|what)(?: \w+){0,2} (?:documents?|records?|papers?|evidence|files|paperwork)\b"
        r"|\bdeliverables?\b|\boutputs?\b|\bdocumentation\b"
        r"|\bwhat (?:has|have|must|do we need) to be (?:kept|recorded|documented)\b",
    ),
    (
        "purpose",
        r"为什么|为何|为啥|好处|干吗要|为的是|目的|有什么用|有何用|什么用|意义|图什么",
        r"\bwhy\b|\bpurpose\b|\bwhat\b.*\bfor\b|\bpoint (?:of|in)\b|\bbenefits?\b|\bmatters?\b|\bwhat good\b|\baim of\b",
    ),
    (
        "obligation",
        r"必须|一定要|是否(?:需要|要|可以|必要)|要不要|可不可以|可以不|能不能不|非得|强制|硬性|有没有必要|必要吗"
        r"|(?:需要|要求|得|要|可以|能|允许|准).*(?:吗|么$|么\?)|(?:什么|哪些|啥)要求|要求(?:是|有|了)?(?:什么|哪些|啥)",
        r"\bmust\b|\bmandatory\b|\brequired?\b|\bhave to\b|\bneed to\b|\bnecessary\b"
        r"|\bcompulsory\b|\bobligatory\b|\brequirements?\b|\brequires?\b|\ballowed\b|^(?:can|may)\b|\bis it ok\b|\bcan we skip\b",
    ),
    (
        "timing",
        r"什么时候|何时|啥时候|哪个阶段|什么阶段|哪一步|时间点|什么时间",
        r"\bwhen\b|\bat what (?:point|stage)\b|\b(?:which|what) (?:step|stage|phase)\b",
    ),
    (
        "criteria",
        r"条件|资格|什么样的人|哪些因素|考虑什么|依据|标准是",
        r"\bconditions?\b|\bcriteria\b|\bqualif|\bfactors?\b|\beligib",
    ),
    (
        "content",
        r"(?:哪些|什么|啥)(?:内容|方面|事项|信息)|包括(?:什么|哪些)|包含(?:什么|哪些)|由(?:什么|哪些)(?:组成|构成)",
        r"\bwhat\b.*\b(?:includes?|covers?|contains?|consists?)\b|\bcontents? of\b|\bwhat .*inputs?\b",
    ),
    (
        "definition",
        r"什么是|啥是|何谓|是什么|是啥|什么意思|指什么|指的是|定义|含义|介绍",
        r"\bwhat(?:'s| is| are| was)\b|\bmeaning\b|\bmeans?\b|\bdefin|\bexplain\b|\btell me about\b",
    ),
    ("how", r"怎么|如何|怎样|咋|流程|步骤|方法", r"\bhow\b"),
)
INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(f"{chinese}|{english}")) for intent, chinese, english in _ASKED
)

# What stands in questions of any subject. Longer ones first, so that 需要 goes before 要.
_FILLERS_ZH = """
请问一下 请问 想问 想知道 想了解 帮我 帮忙 告诉我 我们公司 我公司 贵公司 本公司 我们 咱们 你们 他们 公司 企业 组织里 单位 老板
什么时候 为什么 什么 哪些 哪个 哪位 哪里 哪一 多少 多久 几次 怎么办 怎么 如何 怎样 是否 能不能 可不可以 要不要 有没有
应该 应当 需要 必须 一定 可以 可能 能够 已经 刚刚 目前 现在 之后 以后 之前 以前 接下来 下一步 然后 首先 最后 分别 主要 具体 一般 通常
进行 开展 完成 做完 结束 开始 安排 里面 当中 其中 方面 关于 对于 根据 按照 由于 因为 所以 如果 的话 这个 那个 这些 那些 一个 一次 一下 步骤 阶段 工作 事情 举行 召开 举办 设置 设立 发生 满足 具备 留下 形成 产生 准备 意思 含义 定义
是什么 是谁 的是 属于 算 谁 来 去 到 给 让 把 被 由 从 向 与 和 及 或 跟 同 对 在 于 里 中 上 下 前 后 时 了 过 着 的 地 得 吗 么 呢 吧 啊 呀 嘛 哪 几
是 有 没 不 要 该 需 应 会 能 可 做 干 办 搞 弄 完 好 也 还 又 再 都 就 才 只 很 最 更 太 我 你 您 他 她 它 这 那 此 其 些 个 种 次 份 位 项 步 才能 至少 以及 时候 啥 咋 为 负责
"""
FILLERS_ZH: tuple[str, ...] = tuple(sorted(_FILLERS_ZH.split(), key=len, reverse=True))

FILLERS_EN: frozenset[str] = frozenset(
    """
a an the this that these those it its they them their we us our i me my you your he she his her
is are was were be been being am do does did done have has had having will would shall should can
could may might must need needs needed to of in on at by for from with without into onto about as
and or but if then than so because while during before after until since once when where which
what who whom whose why how often many much some any each every all both also only just not no
nor please tell know want like get got go goes going come comes next step steps stage phase first
there here out up down over under again more most other another such same own very still yet
leave leaves left produce produces create creates prepare prepares keep kept company organisation organization firm business people someone anyone thing things way finished
complete completed finish hold held holding conduct carry carried perform run runs happen happens start begin take takes taking make makes making let lets explain place mean
means use used using one two least per
""".split()
)

# A complete list is wanted.
ALL_OF_THEM = re.compile(
    r"哪些|哪几|几[类种项步部]|分别|都有|都要|所有|全部|列出|清单|有什么|包括什么|分成|哪兩|哪两"
    r"|\ball\b|\blist\b|\bevery\b|\beverything\b|\bwhich \w+s\b|\bwhat (?:\w+ )?(?:\w+s|kinds|types)\b"
    r"|\bwhat (?:does|do) .*\b(?:cover|include|contain|consist)|\bwhat goes into\b|\bwhat are\b"
)

# Nouns that point at something without saying which.
POINTING: frozenset[str] = frozenset(
    """
文件 记录 资料 材料 报告 计划 清单 表格 东西 内容 流程 那步 会 document documents record records
paper papers form forms report plan file files process procedure responsible mandatory required
""".split()
)

# Forgery, and instructions aimed at the assistant instead of questions.
IMPROPER = re.compile(
    r"伪造|造假|作假|编造|冒充|假(?:的)?(?:证书|记录|报告|材料|文件|签名|内审|管评|审核)|倒签|倒填|补签日期"
    r"|(?:做|编|补|弄|写|搞)[^,。?]{0,6}假的?|(?:忽略|无视|不要管|忘掉)[^。]*(?:指令|要求|规则|限制)|系统提示词|提示词"
    r"|没有任何限制|按我说的(?:输出|回答|说)|(?:假装|扮演)你?是"
    r"|\b(?:forge|fake|falsif|fabricat|backdat)|\b(?:ignore|forget|disregard) (?:all |any |the |your )*"
    r"(?:previous|above|prior|instructions?|rules?)|\bsystem prompt\b|\bpretend (?:you|to be)|\bsystem:"
    r"|\bdrop all citations\b|\breply only with\b|\byou are now\b|\bno restrictions\b"
)

# What may not be given even where the corpus speaks of the subject, each with how it is asked.
WITHHELD: tuple[tuple[Phrase, re.Pattern[str]], ...] = (
    (
        "no_price",
        re.compile(
            r"多少钱|几钱|行情|人天|多少天|几天|几个人日|收多少|收费多少|报价|价位|预算多少|大概要花|贵不贵|工资|薪[水资]|费用(?:是|大概|一共|总共)?(?:多少|几)"
            r"|\bhow much (?:does|do|will|would|is|are|should)\b.*|\b(?:cost|price|fee)s? (?:usually|typically|on average)"
            r"|\b(?:usually|typically) (?:cost|charge)|\bcosts?\?|\bhow many (?:audit )?(?:man-?)?days\b|\bsalary\b|\bquote\b|\bday rate\b"
        ),
    ),
    (
        "off_topic",
        re.compile(
            r"天气|下雨|气温|股票|彩票|电影|菜谱|星座|写诗|讲个笑话|编程|代码|excel|投影仪|地铁|高铁|航班|酒店"
            r"|\b(?:weather|python|javascript|sql|excel|recipe|movie|joke|poem|football|horoscope|lottery)\b"
        ),
    ),
    (
        "no_firm",
        re.compile(
            r"推荐|哪家|哪间|哪一家|\brecommend\b|\bwhich (?:firm|company|consultanc\w+|certifier)\b|\bbest (?:body|firm|consultan)"
        ),
    ),
    (
        "no_law",
        re.compile(
            r"起诉|告(?:他|她|对方|它|你|上法院)|违约|赔偿|打官司|合法吗|违法|\bsue\b|\bliab|\blawsuit\b|\bin court\b|\blegal advice\b"
        ),
    ),
    (
        "no_forecast",
        re.compile(
            r"能不能(?:一次)?(?:过|通过)|能(?:一次)?(?:过|通过)吗|会不会(?:过|通过)|通过率|过得了|\bwill we pass\b|\b(?:chances?|odds|likel\w+) (?:of|to|that)\b.*\bpass|\bgoing to pass\b|\bpass rate\b"
        ),
    ),
    (
        "no_wording",
        re.compile(
            r"(?:标准|条款|条文|iso[^,。]*)(?:的)?(?:原文|全文|英文原文)|原文(?:是|怎么|发)|逐字|一字不差|\bverbatim\b|\bexact (?:text|wording|words)\b|\bfull text\b|\bword for word\b"
        ),
    ),
)

# Other standards and schemes: a question about one of them is not about this certification.
FOREIGN = re.compile(
    r"(?:iso(?:\s*/\s*iec)?|gb\s*/?\s*t)\s*[-:]?\s*(?!2\s?0000|20000|24405)(?:ts\s*)?\d{3,5}(?:\.\d)?"
    r"|(?<![\d.])(?:9001|14001|27001|22301|45001|27701|13485|42001|50001)(?![\d.])"
    r"|(?<![a-z])(?:cmmi|itss|itil|cobit|togaf|soc\s?2|pci[ -]?dss|tisax|prince2|pmp|iatf\s?16949)(?![a-z])"
    r"|等保|等级保护|密评|gdpr|环境管理体系|质量管理体系|信息安全管理体系|业务连续性管理体系|职业健康安全"
    r"|\b(?:quality|environmental|information security|business continuity) management system"
)
