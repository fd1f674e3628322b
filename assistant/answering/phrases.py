"""The sentences that Certpath itself says around what the corpus says, in both stored languages."""

from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.knowledge.model import Text
from assistant.types import StoredLanguage

Phrase = Literal[
    "next_hard", "next_usual", "also_next", "before_hard", "before_usual",
    "documents", "one_document", "owned", "duties", "no_support", "no_more", "foreign", "unknown_id",
    "no_clause", "no_requirements",
    "wants_policy", "wants_plan", "wants_procedure", "wants_documents", "implied_by", "paper_of",
    "searched", "which_one", "which_step", "which_day", "medium", "left_out",
    "paraphrase", "original", "done_and_stuck",
    "refused", "no_price", "no_firm", "no_law", "no_forecast", "no_wording", "off_topic", "no_writing", "no_auditor", "unread", "other_standard",
    "ask_requirement", "ask_next", "ask_documents", "ask_frequency", "ask_definition", "ask_duties", "ask_clauses",
]  # fmt: skip

_PHRASES: Mapping[Phrase, Text] = {
    "next_hard": Text("{a}之后，下一步是{b}。", "After {a}, the next step is {b}."),
    "next_usual": Text("{a}之后，通常接着是{b}。", "After {a}, the usual next step is {b}."),
    "also_next": Text(
        "{a}之后，通常还有{b}。",
        "After {a}, {b} usually follows too.",
    ),
    "before_hard": Text("{a}之前，要先完成{b}。", "Before {a}, {b} has to be done."),
    "before_usual": Text("{a}通常排在{b}之后。", "{A} usually comes after {b}."),
    "documents": Text(
        "{a}要形成 {n} 份文件和记录：{b}。", "{A} calls for {n} documents and records: {b}."
    ),
    "one_document": Text("{a}要形成{b}。", "{A} calls for {b}."),
    "owned": Text("{a}负责的文件和记录有：{b}。", "In the care of {a}: {b}."),
    "duties": Text("{a}的职责有 {n} 项：", "There are {n} duties for the {a}:"),
    "wants_policy": Text("明确要求方针或策略的是{b}。", "A policy is explicitly asked for: {b}."),
    "wants_plan": Text("明确要求计划的是{b}。", "A plan is explicitly asked for: {b}."),
    "wants_procedure": Text(
        "明确要求程序的是{b}。", "A written procedure is explicitly asked for: {b}."
    ),
    "wants_documents": Text(
        "明确要求成文信息的条款有 {n} 个：{b}。",
        "Documented information is explicitly asked for by {n} clauses: {b}.",
    ),
    "implied_by": Text(
        "没有写明、但隐含要求的还有{b}。", "Implied, though not said in words: {b}."
    ),
    "paper_of": Text("{a}的{b}", "{b} in {a}"),
    "no_support": Text(
        "这个问题，Certpath 现有资料里没有可以作依据的内容，所以不作回答。",
        "Certpath holds nothing that would support an answer to this, so it gives none.",
    ),
    "no_more": Text(
        "除了前面已经引用的，没有查到更多内容。",
        "Beyond what has been cited above, nothing more was found.",
    ),
    "searched": Text(
        "已查过全部流程指南和条款说明；请向了解贵公司情况的专业人员核实。",
        "The whole process guide and the clause notes were searched; "
        "please ask a professional who knows your case.",
    ),
    "foreign": Text(
        "这个问题问的是{a}，不在 Certpath 的范围内。",
        "This asks about {a}, which is outside what Certpath covers.",
    ),
    "unknown_id": Text("没有 {a} 这个编号。", "There is no {a}."),
    "no_clause": Text("标准没有第 {a} 条。", "The standard has no clause {a}."),
    "no_requirements": Text(
        "Certpath 只收录标准中提要求的条款，第 {a} 条不在其中。",
        "Certpath covers the clauses that hold requirements, and clause {a} is not one of them.",
    ),
    "which_one": Text(
        "这个叫法可以指几样不同的东西，您问的是哪一个？",
        "That name can mean several things. Which one do you mean?",
    ),
    "which_step": Text("现在走到哪一步了？", "Where on the road are you now?"),
    "which_day": Text(
        "请写明公历的年、月、日，才能算出期限。",
        "Please give the day, month and year, so that what is due can be worked out.",
    ),
    "medium": Text(
        "引用 [{n}] 的把握程度为中等，请以认证机构的答复为准。",
        "Confidence in [{n}] is medium: please confirm with your certification body.",
    ),
    "left_out": Text(
        "有 {n} 句话没有通过引用核对，已略去。",
        "{n} sentences failed the check of their citations and were left out.",
    ),
    "paraphrase": Text(
        "以下是 Certpath 的转述，不是来源的原文。",
        "This is Certpath's paraphrase, not the text of the source.",
    ),
    "original": Text("以下是来源的原文。", "This is the text of the source itself."),
    "done_and_stuck": Text(
        "{a}已经完成，或者是已完成步骤的前提，不能同时是卡住的步骤。",
        "{A} is done, or had to be before what is done, so it cannot be stuck as well.",
    ),
    "refused": Text(
        "伪造材料或绕过规则的事，Certpath 不帮忙；可以问怎样把要求真正做到。",
        "Certpath does not help with forgery or with getting around its rules; "
        "ask how to meet a requirement for real.",
    ),
    "no_price": Text(
        "价格、报价和薪酬，Certpath 一概不给；请向对方索取书面报价。",
        "Certpath gives no prices, quotes or pay; please ask for a written quotation.",
    ),
    "no_firm": Text("Certpath 不推荐任何公司。", "Certpath does not recommend any firm."),
    "no_law": Text(
        "法律问题，Certpath 不提供意见；请咨询律师。",
        "Certpath gives no legal advice; please ask a lawyer.",
    ),
    "no_forecast": Text(
        "能不能通过，Certpath 无法预测。", "Certpath cannot predict whether you will pass."
    ),
    "no_wording": Text(
        "Certpath 只作转述，不提供标准原文；原文请查阅正版标准。",
        "Certpath paraphrases and does not give the text of the standard; see a licensed copy.",
    ),
    "no_writing": Text(
        "Certpath 不代写、不翻译文件；可以问文件要写什么、由谁负责。",
        "Certpath does not write or translate papers; ask what one has to hold and who owns it.",
    ),
    "no_auditor": Text(
        "这一点只有审核人员自己知道，Certpath 无法回答。",
        "Only those who audit know that; Certpath cannot say.",
    ),
    "other_standard": Text(
        "这个问题问的是别的标准或制度，不在 Certpath 的范围内。",
        "This asks about another standard or scheme, which is outside what Certpath covers.",
    ),
    "unread": Text(
        "Certpath 只读中文和英文，请用其中一种再问一次。",
        "Certpath reads Chinese and English only; please ask again in one of them.",
    ),
    "off_topic": Text(
        "这个问题和体系认证无关，Certpath 答不了。",
        "This is not about certification, so Certpath has no answer.",
    ),
    "ask_requirement": Text("{a}要求什么？", "What does {a} require?"),
    "ask_next": Text("{a}做完以后，下一步做什么？", "What comes next after {a}?"),
    "ask_documents": Text("{a}要形成哪些文件和记录？", "Which documents does {a} leave?"),
    "ask_frequency": Text("{a}要做几次？", "How often is {a} done?"),
    "ask_definition": Text("{a}是什么？", "Tell me about {a}."),
    "ask_clauses": Text("{a}下有哪些条款？", "Which clauses are in {a}?"),
    "ask_duties": Text("{a}的职责是什么？", "What are the duties of {a}?"),
}


def say(phrase: Phrase, language: StoredLanguage, **values: str | int) -> str:
    """A phrase filled in, as :func:`fill` does."""
    return fill(_PHRASES[phrase], language, **values)


def fill(text: Text, language: StoredLanguage, **values: str | int) -> str:
    """A text with values in its places; ``A`` and ``B`` are ``a`` and ``b`` with a capital."""
    capitals = {key.upper(): value[:1].upper() + value[1:] for key, value in values.items()
                if isinstance(value, str)}  # fmt: skip
    return text.stored(language).format(**values, **capitals)


def join(parts: Sequence[str], language: StoredLanguage) -> str:
    """A list as it is written in running text."""
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    return last.join(filter(None, (comma.join(parts[:-1]), parts[-1])))
