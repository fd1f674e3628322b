"""What the web itself says to people, in their language."""

from typing import Literal

from assistant.types import Language

Code = Literal[
    "malformed",
    "invalid",
    "not_found",
    "unauthorized",
    "method_not_allowed",
    "too_large",
    "rate_limited",
    "index_missing",
    "unavailable",
    "storage_unavailable",
    "conversation_unknown",
    "conversation_busy",
    "busy",
    "timed_out",
    "internal",
]
Said = dict[Language, str]


def _said(simplified: str, traditional: str, english: str) -> Said:
    return {"zh-Hans": simplified, "zh-Hant": traditional, "en": english}


ERRORS: dict[Code, Said] = {
    "malformed": _said(
        "请求的正文不是 UTF-8 编码的 JSON。",
        "請求的內文不是 UTF-8 編碼的 JSON。",
        "The body of the request is not JSON in UTF-8.",
    ),
    "invalid": _said(
        "请求的内容不符合要求。",
        "請求的內容不符合要求。",
        "The request cannot be used as it is.",
    ),
    "not_found": _said(
        "这里没有您要找的内容。", "這裡沒有您要找的內容。", "There is nothing here."
    ),
    "unauthorized": _said(
        "此处需要管理员令牌。", "此處需要管理員權杖。", "This needs the operator's token."
    ),
    "method_not_allowed": _said(
        "此地址不接受这种请求方法。",
        "此網址不接受這種請求方法。",
        "This address does not take requests of this method.",
    ),
    "too_large": _said(
        "请求过大，上限为 64 KiB。",
        "請求過大，上限為 64 KiB。",
        "The request is too large; the limit is 64 KiB.",
    ),
    "rate_limited": _said(
        "您的请求过于频繁，请稍后再试。",
        "您的請求過於頻繁，請稍後再試。",
        "You are asking too often; please try again later.",
    ),
    "index_missing": _said(
        "知识库尚未建立，暂时无法回答。",
        "知識庫尚未建立，暫時無法回答。",
        "The knowledge has not been indexed yet, so nothing can be answered.",
    ),
    "unavailable": _said(
        "服务正在启动或停止，请稍后再试。",
        "服務正在啟動或停止，請稍後再試。",
        "The service is starting or stopping; please try again shortly.",
    ),
    "storage_unavailable": _said(
        "对话数据库暂时连不上，问题没有收下，请稍后再试。",
        "對話資料庫暫時連不上，問題沒有收下，請稍後再試。",
        "The database of the conversations cannot be reached; nothing was kept. Try again shortly.",
    ),
    "conversation_unknown": _said(
        "没有这个对话，可能已删除或过期。",
        "沒有這個對話，可能已刪除或過期。",
        "There is no such conversation; it may have been deleted or have expired.",
    ),
    "conversation_busy": _said(
        "这个对话的上一个问题还没有答完。",
        "這個對話的上一個問題還沒有答完。",
        "The question before this one in the conversation is still being answered.",
    ),
    "busy": _said(
        "现在提问的人较多，请稍后再试。",
        "現在提問的人較多，請稍後再試。",
        "Many questions are being asked right now; please try again shortly.",
    ),
    "timed_out": _said(
        "未能及时得出答案，请稍后再试。",
        "未能及時得出答案，請稍後再試。",
        "The answer was not ready in time; please try again shortly.",
    ),
    "internal": _said(
        "处理时出了错，问题不在您的输入。",
        "處理時出了錯，問題不在您的輸入。",
        "Something went wrong on our side; it was not your request.",
    ),
}

HINTS: dict[Code, Said] = {
    "conversation_unknown": _said(
        "去掉 conversation_id 即可开始新的对话。",
        "去掉 conversation_id 即可開始新的對話。",
        "Leave conversation_id out to begin a new one.",
    ),
    "conversation_busy": _said(
        "等它答完再问，或者另开一个对话。",
        "等它答完再問，或者另開一個對話。",
        "Wait for its answer, or begin another conversation.",
    ),
    "index_missing": _said(
        "请管理员先运行导入。", "請管理員先執行匯入。", "An operator has to run the ingest first."
    ),
    "internal": _said(
        "请把请求编号告诉管理员。",
        "請把請求編號告訴管理員。",
        "Please give the request id to your operator.",
    ),
}

COMPLAINTS: dict[str, Said] = {
    "blank": _said("内容为空", "內容為空", "is blank"),
    "control_character": _said(
        "含有不允许的控制字符", "含有不允許的控制字元", "holds a control character"
    ),
    "message_too_long": _said(
        "超过 4000 个字符", "超過 4000 個字元", "is longer than 4000 characters"
    ),
    "lone_surrogate": _said(
        "含有不成对的代理码位", "含有不成對的代理碼位", "holds a lone surrogate"
    ),
    "string_type": _said("应为文本", "應為文字", "has to be a text"),
    "missing": _said("缺少", "缺少", "is missing"),
    "extra_forbidden": _said("不在接口约定之内", "不在介面約定之內", "is not part of the contract"),
    "model_attributes_type": _said(
        "应为 JSON 对象，以 application/json 发送",
        "應為 JSON 物件，以 application/json 傳送",
        "has to be a JSON object, sent as application/json",
    ),
}
OTHER_COMPLAINT = _said("取值不符合要求", "取值不符合要求", "has a value that is not allowed")
UNKNOWN_FIELD = _said("有一个未知字段", "有一個未知欄位", "an unknown field")
WHOLE_BODY = _said("正文", "內文", "the body")
