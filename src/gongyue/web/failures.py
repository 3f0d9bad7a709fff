"""Every way in which a page cannot be shown: its status, what it is called, what was wrong, how to mend it."""

from __future__ import annotations

from typing import NamedTuple

Words = tuple[str, str]
"""A text in Chinese and in English."""


class Failure(NamedTuple):
    """A status, what it is called, what was wrong, how to mend it."""

    status: int
    code: str
    title: Words
    wrong: Words
    mend: Words


UNREADABLE = Failure(
    400,
    "bad-request",
    ("请求读不懂", "The request cannot be read"),
    (
        "浏览器送来的内容不合格式，或链接不完整。什么也没有记录。",
        "What the browser sent is malformed, or the link is incomplete. Nothing was recorded.",
    ),
    ("请返回上一页，刷新后再试。", "Go back, reload the page and try again."),
)
FOREIGN = Failure(
    400,
    "unknown-host",
    ("网址不是本站的", "Not an address of this site"),
    ("本站只用登记的网址开放。", "This site is open at its own address only."),
    ("请用下面的网址打开。", "Open it at the address below."),
)
TOO_MANY = Failure(
    400,
    "too-many-fields",
    ("栏目或文件过多", "Too many fields or files"),
    (
        "一次至多 500 个栏目、10 个文件。什么也没有记录。",
        "At most 500 fields and 10 files are taken at once. Nothing was recorded.",
    ),
    ("请返回，分几次提交。", "Go back and hand them in by several forms."),
)
TOO_LARGE = Failure(
    413,
    "too-large",
    ("内容太大", "Too large"),
    (
        "表单的文字一次至多 2 MiB（文件另计，每个至多 16 MiB）。什么也没有记录。",
        "The text of a form may amount to 2 MiB (files apart, 16 MiB each). Nothing was recorded.",
    ),
    ("请返回，把长文字做成文件附上，或分几次提交。", "Go back, attach long text as a file, or use several forms."),
)
FORGED = Failure(
    403,
    "out-of-date-form",
    ("表单已失效", "The form is out of date"),
    (
        "打开这张表单之后，您重新登录或退出过，因此没有接受。什么也没有记录。",
        "You have signed in or out since the form was opened, so it was not accepted. Nothing was recorded.",
    ),
    (
        "请重新打开该页再提交。填写较多时，先后退一步，把文字复制下来。",
        "Open its page again and submit it from there. If you had typed much, go back first and copy it.",
    ),
)
NO_COOKIE = Failure(
    403,
    "no-cookie",
    ("没有收到 cookie", "No cookie came back"),
    (
        "浏览器没有送回本站的 cookie，无法确认表单出自本站。什么也没有记录。",
        "The browser sent no cookie of this site, so the form cannot be known as ours. Nothing was recorded.",
    ),
    ("请允许本站的 cookie，再重新打开该页提交。", "Allow this site's cookies, then open the page again and submit it."),
)
NOT_YOURS = Failure(
    403,
    "not-yours",
    ("此页不对您开放", "Access denied"),
    ("您所在的席位不能打开此页。", "Your seat does not open this page."),
    (
        "若任期或授权已到期，请联系本单位签署人或秘书长。",
        "If a term or delegation has ended, ask your unit's signatory or the secretary.",
    ),
)
NOWHERE = Failure(
    404,
    "not-found",
    ("没有这一页", "No such page"),
    ("地址可能有误，或该内容尚未公布。", "The address may be mistyped, or this is not published yet."),
    ("请核对地址，或从下面找起。", "Check the address, or look for it from here."),
)
ONLY_FORMS = Failure(
    405,
    "not-a-page",
    ("此处没有可看的页面", "Nothing to see here"),
    (
        "这个地址只接收表单；您可能是登录之后被带回这里的。什么也没有记录。",
        "This address only takes forms; signing in may have brought you back to it. Nothing was recorded.",
    ),
    ("请回到原页，再办一次。", "Go back to the page you came from and do it again."),
)
TOO_OFTEN = Failure(
    429,
    "too-many",
    ("请稍候再试", "Wait a little"),
    ("短时间内次数过多。什么也没有记录。", "This was tried too often in a short time. Nothing was recorded."),
    ("请过几分钟再试。", "Try again in a few minutes."),
)
OUR_FAULT = Failure(
    500,
    "our-fault",
    ("程序出错", "Internal error"),
    (
        "这是程序之过，已记入日志；未完成的行为没有入簿。",
        "This is the program's fault and has been noted; nothing unfinished was recorded.",
    ),
    (
        "请稍后再试。若再次出错，请把下面的时间和地址告诉执行机构。",
        "Try again later. If it fails again, tell the executive body the time and the address below.",
    ),
)
AWAY = Failure(
    503,
    "store-away",
    ("暂时不能办理", "Temporarily unavailable"),
    (
        "数据库暂时连不上。已记录的内容不受影响；未完成的行为没有入簿。",
        "The database cannot be reached just now. What is recorded is safe; nothing unfinished was recorded.",
    ),
    ("请过一分钟再试。", "Try again in a minute."),
)
