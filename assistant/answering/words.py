"""The words of questions: how intents are asked, and words that carry no content of their own."""

import re

from assistant.answering.model import Intent
from assistant.answering.phrases import Phrase

# All that match are what the question may ask; the first is the intent. Patterns see folded text.
_THING = r"(?:文件|[记纪]录|资料|材料|文档|表单|证据|报告|清单|计划|表格)"
_ASKED: tuple[tuple[Intent, str, str], ...] = (
    (
        "before",
        r"上一步|先决|前提|(?:之前|以前|前面?)[^。?]{0,8}(?:先|哪一?步|哪个步骤|完成(?:什么|哪)|做(?:好|完)?(?:什么|哪)|准备(?:什么|哪)|具备)"
        r"|(?:先|得先|要先)(?:做|办|完成|做完|搞定|准备)(?:好|完)?(?:什么|啥|哪些|哪一?步|哪个步骤|些)|接在(?:什么|哪)[^。?]*后",
        r"\bbefore\b.*\b(?:what|which)\b|\b(?:what|which)\b.*\b(?:done|finished|complete|completed|in place|do)\b.*\bbefore\b"
        r"|\bprecedes?\b|\bprerequisites?\b|\bcomes? first\b|\bcomes? before\b|\bright away\b|\bbefore .*\bcan start\b",
    ),
    (
        "next",
        r"下一?(?:个)?步|再来呢|往下(?:走|怎么)|(?:之后|以后)还有(?:什么|哪些)|(?:之后|以后)会怎[么样]|下面(?:该|要|再)?(?:做|干|办|是)|往后|再来(?:要|该)?(?:做|干)|接着(?:做|干|该|要|呢|是)|轮到|接下来|紧接着"
        r"|然后(?:呢|干)|下个阶段|(?:之后|以后|完后|后面|过后|完了?|结束后?|后)[,, ]*"
        r"(?:我们|公司|还|又|再|该|应该|应|需要|需|要|是|会|轮到|进入|到){0,3}"
        r"(?:做|干|办|开展|进行|进入|到|安排|是)?(?:什么|啥|哪一?步|哪个|呢)",
        r"\bnext\b|\bwhat (?:should|do|must|can|happens|comes|follows|then)\b.*\b(?:after|between)\b"
        r"|\bafter\b.*\bwhat (?:do|should|comes|happens|is|must)\b|\bwhat (?:then|now|follows)\b|\bwhich step (?:follows|comes)\b|\bwhere do we go\b|\bthen what\b|\bhappens now\b|\bwhat(?:'s| is) left\b",
    ),
    (
        "difference",
        r"区别|差别|差在|不同|不一样|有何差|分别(?:看|在|有|是)|各看",
        r"\bdifferences?\b|\bdiffers?\b|\bdifferent\b|\bdistinction\b|\bversus\b|\bvs\b",
    ),
    (
        "frequency",
        r"多久|几次|几回|几轮|多少次|次数|频率|频次|多长时间一次|几遍|隔多长|每(?:季|年|月|半年)",
        r"\bhow often\b|\bhow many times\b|\bhow frequent|\bfrequency\b|\bhow many\b|\bminimum number\b|\bevery (?:quarter|year|month)\b",
    ),
    (
        "purpose",
        r"为什么|为何|为啥|目的|有什么用|有何用|什么用|意义|图什么|好处|干吗要|为的是|避免什么|(?:评估|评价|判断)[^。?]{0,10}(?:什么|哪)|有什么意思",
        r"\bwhy\b|\bpurpose\b|\bwhat\b.*(?<!responsible )\bfor\?|\bgood for\b|\bpoint (?:of|in)\b|\bbenefits?\b|\bmatters?\b|\baims?\b|\bmeant to\b"
        r"|\btry to find out\b|\bwhat risks?\b|\bwhat good\b",
    ),
    (
        "who",
        r"谁|邊個|边个|哪个部门|哪些部门|哪些主管|什么人|哪些人|何人|哪个角色|什么角色|哪位|哪一级|自己(?:的)?人|外面的人|外包(?:给|,|\?|还|都|$)|找什么人|哪些(?:岗位|单位|领导)",
        r"\bwho\b|\bwhom\b|\bwhose\b|\bwhich (?:roles?|person|people|departments?)\b|\bby whom\b|\bourselves\b|\bour own (?:staff|people)\b|\binside people\b",
    ),
    (
        "documents",
        rf"(?:哪些|什么|啥|哪几|哪两|哪一类|哪几份)(?:样的|份|类|种)?{_THING}(?:(?:和|与|及|或|、){_THING})*|(?:备齐|准备|列出)[^。?]{{0,6}}哪几份"
        rf"|{_THING}(?:是|有|要|包括|分别|需要)*(?:哪些|什么|啥)|产出|输出|交付物|重新发(?:布|行)|改版|书面",
        r"\b(?:which|what)(?: \w+){0,2} (?:documents?|records?|papers?|evidence|files|paperwork|lists?|plans?|forms?)\b"
        r"|\bdeliverables?\b|\boutputs?\b|\bdocumentation\b|\b(?:re)?issued\b|\bpublish\b|\bin writing\b"
        r"|\bwhat (?:has|have|must|do we need) to be (?:kept|recorded|documented)\b",
    ),
    (
        "criteria",
        r"条件|资格|够格|什么样的人|因素|考虑|考量|依据|根据什么|按(?:什么|哪)|凭什么|角度|哪几点|讲究|注意(?:什么|哪)|(?:检查|核对|查|看)(?:些)?(?:什么|哪)|标准是|要求$|(?:满足|达到|对)[^。?]{0,10}(?:什么|哪些)要求|衡量|怎么(?:选|挑)|算(?:是)?(?:符合|合格)|背景|最好",
        r"\bconditions?\b|\bcriteria\b|\bqualif|\bfactors?\b|\beligib|\bbasis\b|\bbackground\b|\bconsider|\blook (?:at|for)\b|\bcheck(?:ed)?\b|\bshould .* meet\b|\bcompare\b",
    ),
    (
        "duties",
        r"职责|(?:负责|承担|管)(?:些)?(?:什么|哪些|啥|哪几)|(?:什么|哪些)(?:责任|任务)|主要责任|做些?什么工作|(?:做|干|忙)(?:些|哪些|哪几)[^。?]{0,3}(?:事|活|什么)|(?:要|该|得)(?:做|干)些什么",
        r"\bduties\b|\bduty\b|\bresponsibilit|\bresponsible for\b|\bjob of\b"
        r"|\bwhat (?:does|do|must|should) (?:the |an? |our )?[\w ]+ (?:do|have to do)\b",
    ),
    (
        "obligation",
        r"必须|一定要|是否(?:需要|要|必要)|要不要|非得|强制|硬性|有没有必要|必要吗|规定|(?:什么|哪些|啥)要求|要求(?:是|有|了)?(?:什么|哪些|啥)|有没有要求|可以不|能不能不",
        r"\bmust\b|\bmandatory\b|\brequired?\b|\brequires\b|\brequirements?\b|\bhave to\b|\bnecessary\b|\bcompulsory\b|\bobligatory\b|\bcan we skip\b|\bdo we need\b",
    ),
    (
        "timing",
        r"什么时候|何时|啥时候|哪个阶段|什么阶段|哪一步|哪个步骤|时间点|什么时间|先做哪个|哪个先|排在",
        r"\bwhen (?:is|are|do|does|should|must|can|will)\b|^when\b|\bat what (?:point|stage)\b|\b(?:which|what) (?:step|stage|phase)\b|\bwhile\b.*\bstill\b",
    ),
    (
        "content",
        r"(?:哪些|什么|啥|哪几)(?:内容|方面|事项|信息|主题|东西|块|部分|重点|类|种)|包括(?:什么|哪些)|包含|由(?:什么|哪些)(?:组成|构成)|几[类种部块]|学(?:些)?(?:什么|哪)|教(?:些)?(?:什么|哪)|讲(?:些)?(?:什么|哪)|大纲",
        r"\bwhat\b.*\b(?:includes?|covers?|contains?|consists?|teach|topics?|kinds?|types?|areas?)\b|\bcontents? of\b|\bgoes into\b|\binclude\b|\bcovered\b",
    ),
    ("how", r"怎么|如何|怎样|咋|流程|步骤|方法|方式|手续|几步|点样", r"\bhow\b"),
    (
        "definition",
        r"什么是|啥是|何谓|是什么|是啥|什么意思|指什么|指的是|定义|含义|介绍|是指",
        r"\bwhat(?:'s| is| are| was)\b|\bmeaning\b|\bdefin|\bexplain\b|\btell me about\b",
    ),
    (
        "confirm",
        r"(?:吗|吧|么)(?:\?|$|,)|对不对|是不是|行不行|能不能|可不可以|会不会|可以.*\?|行嗎|够不够|还是",
        r"^(?:is|are|do|does|did|can|could|may|should|will|would|has|have)\b|,\s*(?:right|correct|isn't it|true)\b|\btrue\?|\bis that\b|\bor (?:just|do|does|can|is)\b",
    ),
)
INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(f"{chinese}|{english}")) for intent, chinese, english in _ASKED
)

# What stands in questions of any subject. Longer ones first, so that 需要 goes before 要.
_FILLERS_ZH = """
请问一下 请问 想问 想知道 想了解 帮我 帮忙 告诉我 我们公司 我公司 贵公司 本公司 我们 咱们 你们 他们 公司 企业 组织里 单位 老板
什么时候 为什么 什么 哪些 哪个 哪位 哪里 哪一 多少 多久 几次 怎么办 怎么 如何 怎样 是否 能不能 可不可以 要不要 有没有
应该 应当 需要 必须 一定 可以 可能 能够 已经 刚刚 目前 现在 之后 以后 之前 以前 接下来 下一步 然后 首先 最后 分别 主要 具体 一般 通常
进行 开展 完成 做完 结束 开始 安排 里面 当中 其中 方面 关于 对于 根据 按照 由于 因为 所以 如果 的话 这个 那个 这些 那些 一个 一次 一下 步骤 阶段 工作 事情 举行 召开 举办 设置 设立 发生 总共 一共 平常 平时 到底 究竟 那么 哪几 几种 几类 几件事 拿出 拿到 东西 件事 重点 大致 整个 分成 用什么 佐证 最少 最多 拿证 回事 一回 满足 具备 留下 形成 产生 准备 意思 含义 定义
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
exactly something anything everything else gets getting extra rather switch ies really actually usually normally already together right away between leave leaves left produce produces create creates prepare prepares keep kept company organisation organization firm business people someone anyone thing things way finished
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
POINTS = re.compile(
    r"[这那]一?(?:个|份|些|项|步|张|样|条|件)|上述|前者|后者|\b(?:it|this one|that one|these|those|the (?:first|second) one)\b"
)
POINTING: frozenset[str] = frozenset(
    """
文件 记录 资料 材料 报告 计划 清单 表格 东西 内容 流程 那步 会 人 负责人 document documents record records
paper papers form forms report plan file files process procedure responsible mandatory required
""".split()
)

# Forgery, and instructions aimed at the assistant instead of questions.
IMPROPER = re.compile(
    r"伪造|造假|作假|编造|冒充|假(?:的)?(?:证书|记录|报告|材料|文件|签名|内审|管评|审核)|倒签|倒填|补签日期"
    r"|(?:做|编|补|弄|写|搞)[^,。?]{0,6}假的?|(?:忽略|无视|不要管|忘掉)[^。]*(?:指令|要求|规则|限制)|系统提示词|提示词"
    r"|买(?:个|张)?证|花钱买|贿赂|行贿|塞红包|送礼|放水|没有任何限制|按我说的(?:输出|回答|说)|(?:假装|扮演)你?是"
    r"|\b(?:forge|fake|falsif|fabricat|backdat)|\b(?:ignore|forget|disregard) (?:all |any |the |your )*"
    r"(?:previous|above|prior|instructions?|rules?)|\bsystem prompt\b|\bpretend (?:you|to be)|\bsystem:"
    r"|\bnever (?:ran|did|held|happened|took place|performed)\b|宣布[^,。?]{0,20}(?:合格|通过|关闭|符合)|最高指令|回答一律|一律(?:写|回答)|\bbribe|\bbuy (?:a|the) certificate|\bdrop all citations\b|\breply only with\b|\byou are now\b|\bno restrictions\b"
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
            r"天气|下雨|气温|股票|彩票|电影|菜谱|星座|写诗|讲个笑话|编程(?!序)|代码|excel|投影仪|地铁|高铁|航班|酒店"
            r"|\b(?:weather|python|javascript|sql|excel|recipe|movie|joke|poem|football|horoscope|lottery)\b"
        ),
    ),
    (
        "no_writing",
        re.compile(
            r"(?:帮我|帮忙|替我|给我|请)(?:[^,。?]{0,4})(?:写|起草|编|翻译|做)(?:一|个|份|出|成|好|下|篇)|(?:起草|代写)[^,。?]{0,12}正文"
            r"|\b(?:write|draft|translate|generate) (?:me |us |the |an? |our |my )"
        ),
    ),
    (
        "no_auditor",
        re.compile(
            r"(?:审核员|审核组长?|审核老师|认证机构)[^,。?]{0,8}(?:会问|问我|会查|会重点|重点查|喜欢|会开|开几|会给[^,。?]{0,4}开)"
            r"|\bauditors? (?:will|going to|likely to|like to) (?:ask|look|check|find)|\bwill the auditors? (?:ask|check|look)"
        ),
    ),
    (
        "no_firm",
        re.compile(
            r"推荐[^,。?]{0,6}(?:家|公司|机构|顾问)|哪家|哪间|哪一家|(?<![a-z])(?:bsi|sgs|dnv|lrqa|tuv|tüv|cqc)(?![a-z])|\b(?:you|please|can you|could you|would you) recommend\b|\brecommend (?:a|an|any|some|us|me)\b|哪[个些](?:认证)?机构[^,。?]{0,8}(?:最|宽松|便宜|好说话|容易)|\bwhich (?:firm|company|consultanc\w+|certifier)\b|\bbest (?:body|firm|consultan)"
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
            r"原文|(?:标准|条款|条文)(?:的)?全文|逐字|一字不差|\bverbatim\b|\bexact (?:text|wording|words)\b|\bfull text\b|\bword for word\b"
        ),
    ),
)

# Other standards and schemes: a question about one of them is not about this certification.
FOREIGN = re.compile(
    r"(?:iso(?:\s*/\s*iec)?|gb\s*/?\s*t)\s*[-:]?\s*(?!2\s?0000|20000|24405|17021|27021|27308)(?:ts\s*)?\d{3,5}(?:\.\d)?"
    r"|(?<![\d.])(?:9001|14001|27001|22301|45001|27701|13485|42001|50001)(?![\d.])"
    r"|(?<![a-z])(?:cmmi|itss|itil|cobit|togaf|soc\s?2|pci[ -]?dss|tisax|prince2|pmp|iatf\s?16949)(?![a-z])"
    r"|九千零一|一万四千|[二两]万七千|等保|等级保护|密评|gdpr|环境管理体系|质量管理体系|信息安全管理体系|业务连续性管理体系|职业健康安全"
    r"|\b(?:quality|environmental|information security|business continuity) management system"
)

# How another standard is held against ours.
COMPARED = re.compile(
    r"区别|差别|差在|不同|不一样|一样|关系|对照|比较|代替|替代|取代|等于|相当于|还[要用需]|结合|整合|合并|一体化|一起"
    r"|\bdiffer|\bversus\b|\bvs\b|\bcompare|\brelat|\breplac|\bsubstitut|\binstead of\b|\bstill need"
    r"|\bas good as\b|\bunlike\b|\bcombin|\bintegrat|\bjoint|\btogether\b|\bmapping\b|\bmapped\b"
)
