// What the page says, in three languages.

const zhHans = {
  skip: "跳到提问框", about: "ISO/IEC 20000-1 认证助手", language: "语言", auto: "自动",
  ask: "您想知道什么？", send: "提问", keys: "Enter 发送，Shift+Enter 换行",
  examples: "不妨从这里问起",
  promise: "每一步、每个角色、文件和条款都注明出处，点开编号即可核对原文。",
  busy: "正在查…", done: (n) => `已回答，${n} 处来源。`, asked: "您的问题",
  steps: "步骤", roles: "角色", documents: "文件与记录", clauses: "条款", sources: "来源",
  source: "来源", close: "关闭来源", open: (n, title) => `来源 ${n}：${title}`,
  owner: "负责", warnings: "请留意", suggestions: "接着问", choose: "您指的是",
  asOf: (date) => `资料截至 ${date}`, joined: "、",
  outcome: { clarify: "需要您再说明一点", not_covered: "不在解答范围内", refused: "无法协助" },
  requirement: { mandatory: "必须", implied: "条文隐含", expected: "通常要有",
    if_applicable: "适用时", guide: "指南建议", body: "由认证机构出具" },
  confidence: ["可信度", { high: "高", medium: "中，请向认证机构确认", low: "低，仅供参考" }],
  applies: ["适用范围", { "*": "各地", CN: "中国大陆", "not-CN": "中国大陆以外" }],
  locator: "位置", from: "出处", caution: "注意", check: "核对", unchecked: "尚未与标准原文比对",
  quoted: "引用的文字", loading: "正在打开…",
  faultTitle: "这次没有得到回答", sourceFault: "原文未能打开，以下是引用的文字。",
  offline: "连接不上服务，请检查网络后再试。", again: "再试一次", requestId: "请求编号",
  begin: "新对话", begun: "已开始新对话。", remove: "删除对话", removed: "对话已删除。",
  sure: "删除整个对话？问题、回答和评价都会删除，无法恢复。", earlier: "此前的问题",
  helped: "这个回答有帮助吗？", up: "有帮助", down: "没有帮助", thanks: "谢谢，已记下。",
  why: "哪里不对，或者缺了什么？", sendWhy: "提交",
  tooLong: "问题超过 4000 个字符，请删减后再发送。", blank: "请先写下问题。",
};

const zhHant = {
  skip: "跳到提問框", about: "ISO/IEC 20000-1 驗證助理", language: "語言", auto: "自動",
  ask: "您想知道什麼？", send: "提問", keys: "Enter 送出，Shift+Enter 換行",
  examples: "不妨從這裡問起",
  promise: "每一步、每個角色、文件和條款都註明出處，點開編號即可核對原文。",
  busy: "正在查…", done: (n) => `已回答，${n} 處來源。`, asked: "您的問題",
  steps: "步驟", roles: "角色", documents: "文件與紀錄", clauses: "條款", sources: "來源",
  source: "來源", close: "關閉來源", open: (n, title) => `來源 ${n}：${title}`,
  owner: "負責", warnings: "請留意", suggestions: "接著問", choose: "您指的是",
  asOf: (date) => `資料截至 ${date}`, joined: "、",
  outcome: { clarify: "需要您再說明一點", not_covered: "不在解答範圍內", refused: "無法協助" },
  requirement: { mandatory: "必須", implied: "條文隱含", expected: "通常要有",
    if_applicable: "適用時", guide: "指南建議", body: "由驗證機構出具" },
  confidence: ["可信度", { high: "高", medium: "中，請向驗證機構確認", low: "低，僅供參考" }],
  applies: ["適用範圍", { "*": "各地", CN: "中國大陸", "not-CN": "中國大陸以外" }],
  locator: "位置", from: "出處", caution: "注意", check: "核對", unchecked: "尚未與標準原文比對",
  quoted: "引用的文字", loading: "正在開啟…",
  faultTitle: "這次沒有得到回答", sourceFault: "原文未能開啟，以下是引用的文字。",
  offline: "連不上服務，請檢查網路後再試。", again: "再試一次", requestId: "請求編號",
  begin: "新對話", begun: "已開始新對話。", remove: "刪除對話", removed: "對話已刪除。",
  sure: "刪除整個對話？問題、回答和評價都會刪除，無法復原。", earlier: "先前的問題",
  helped: "這個回答有幫助嗎？", up: "有幫助", down: "沒有幫助", thanks: "謝謝，已記下。",
  why: "哪裡不對，或者缺了什麼？", sendWhy: "送出",
  tooLong: "問題超過 4000 個字元，請刪減後再送出。", blank: "請先寫下問題。",
};

const en = {
  skip: "Skip to the question", about: "The road to ISO/IEC 20000-1", language: "Language",
  auto: "Automatic", ask: "What would you like to know?", send: "Ask",
  keys: "Enter sends, Shift+Enter starts a new line", examples: "You might begin with",
  promise: "Every step, role, document and clause names its source. Open a number to check it.",
  busy: "Looking it up…", done: (n) => `Answered, with ${n} ${n === 1 ? "source" : "sources"}.`,
  asked: "Your question", steps: "Steps", roles: "Roles", documents: "Documents and records",
  clauses: "Clauses", sources: "Sources", source: "Source", close: "Close the source",
  open: (n, title) => `Source ${n}: ${title}`, owner: "Owner", warnings: "Please note",
  suggestions: "Ask next", choose: "Do you mean", asOf: (date) => `As of ${date}`, joined: ", ",
  outcome: { clarify: "One thing to clear up", not_covered: "Not covered here",
    refused: "Cannot help with this" },
  requirement: { mandatory: "mandatory", implied: "implied by the clause", expected: "expected",
    if_applicable: "if applicable", guide: "advised by the guide", body: "from the certification body" },
  confidence: ["Confidence", { high: "high", medium: "medium; confirm with your certification body",
    low: "low; an indication only" }],
  applies: ["Applies in", { "*": "all regions", CN: "mainland China", "not-CN": "outside mainland China" }],
  locator: "Place", from: "From", caution: "Caution",
  check: "Check", unchecked: "Not yet compared with the text of the standard", quoted: "The quoted text",
  loading: "Opening…", faultTitle: "No answer this time",
  sourceFault: "The passage could not be opened; this is the text that was quoted.",
  offline: "The service cannot be reached. Check the connection and try again.",
  again: "Try again", requestId: "Request id",
  begin: "New conversation", begun: "A new conversation has begun.", remove: "Delete conversation",
  removed: "The conversation has been deleted.",
  sure: "Delete the whole conversation? Questions, answers and ratings go, and cannot be brought back.",
  earlier: "Asked before", helped: "Did this help?", up: "It helped", down: "It did not help",
  thanks: "Thank you, noted.", why: "What is wrong or missing?", sendWhy: "Send",
  tooLong: "The question is longer than 4000 characters; please shorten it.",
  blank: "Write a question first.",
};

export const TEXTS = { "zh-Hans": zhHans, "zh-Hant": zhHant, en };

export const EXAMPLES = [
  ["zh-Hans", "内部审核做完以后，下一步做什么？"],
  ["zh-Hant", "誰來任命管理者代表？"],
  ["en", "Which documents does the internal audit produce?"],
];

/** The first of the browser's languages that the page speaks. */
export function preferred(languages) {
  for (const tag of languages) {
    const parts = tag.toLowerCase().split("-");
    if (parts[0] === "en") return "en";
    if (parts[0] !== "zh") continue;
    const traditional = ["hant", "tw", "hk", "mo"].some((part) => parts.includes(part));
    return traditional && !parts.includes("hans") ? "zh-Hant" : "zh-Hans";
  }
  return "zh-Hans";
}
