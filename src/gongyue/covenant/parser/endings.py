"""How a text ends: signatures, dates, blanks to fill in, leave taken of its readers, annexes."""

from __future__ import annotations

import re

from gongyue.covenant.numerals import NUMERAL
from gongyue.covenant.parser import headings, items
from gongyue.covenant.parser.lines import B, Line

_BRACKET = r"[（(][^（()）]{0,16}[）)]"
_NAMES_LISTED = rf"(?:名[单單]|名[称稱]|全[称稱]|代表|印章|公章|及其?|和|[共计計]{{1,2}}(?:{NUMERAL}){{1,6}}[家个個]|{B}|[、/]|如下|{_BRACKET}){{0,6}}"
"""Between 签署单位 and its colon: 签署单位名单（排名不分先后）：."""
SIGNED = re.compile(
    rf"(?:[（(]?以下[无無]正文|[（(]?此[页頁][无無]正文|.*(?:盖章|蓋章|签章|簽章|签字|簽字|签名|簽名|签署[页頁])[）)：:]?|.{{0,20}}[签簽]署[单單]位{_NAMES_LISTED}(?:[：:].*)?"
    rf"|(?:发起|發起|[联聯]合|[签簽][约約]|公[约約])[单單]位{_NAMES_LISTED}[：:].*|[附][件录錄表图圖]?{B}*(?:{NUMERAL})?{B}*(?:[：:].*|$)|[附备備]?[註注]{B}*[：:].*|[附备備][註注]"
    rf"|(?:[0-9０-９〇○零一二三四五六七八九]{{4}}|民[国國].{{1,6}}?|[_＿ ]+){B}*年.{{1,8}}月.{{0,8}}[日号號]?|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}})"
)

_TO_FILL_IN = re.compile(
    rf"[^。；，]{{1,16}}[：:]{B}*[_＿]{{2,}}.{{0,20}}|[签簽](?:署|字|章|名)(?:确认|確認|栏|欄|处|處|页|頁|方)?[：:]?"
)
"""A blank that somebody fills in by hand, and the words above such blanks."""
_CLOSES = re.compile(
    rf"(?:让|讓)我们.*|(?:感谢|感謝|谢谢|謝謝|致敬|携手|攜手|期待|祝愿|愿我们|此致|敬礼|敬禮|特此|(?:希望|欢迎|歡迎)(?:大家|各位|各界|广大|廣大|全体|全體)).*"
    rf"|(?P<dash>[—–-]{{1,3}}){B}*[^—–-]+(?P=dash)"
)
_BINDS = re.compile(rf"[应應須须得]|可以|(?<!每)(?!一(?:份|起|同|道)){NUMERAL}")


_SIGNERS = re.compile(
    r"(?:首批|共同|[联聯]合)?(?:发起|發起|倡[议議]|[联聯]名|[签簽][约約署]|公[约約])(?:[单單]位|人|方|机构|機構|企[业業])"
    rf"{_NAMES_LISTED}[：:]"
)
_BOUND = re.compile(
    "^不|不得|不[予能可应應]|[应應][当當]|(?<![供响響对對])[应應](?![用急届屆])|[须須]|必需|承[诺諾]|[义義][务務]|[责責]任|[权權]利|有[权權]|可以|遵守|禁止|[严嚴]禁"
)
"""What no name of a signer says."""


def binds_signers(text: str) -> bool:
    """Whether words beside or below those who sign say what these must do, and name nobody (不得泄露商业秘密)."""
    return bool(_BOUND.search(text))


_SIGN_OF = re.compile(".{0,20}[签簽]署[单單]位|(?:发起|發起|[联聯]合|[签簽][约約]|公[约約])[单單]位")


def names_signers(text: str) -> bool:
    """Whether a line leads up to the names of those who sign: 倡议单位（排名不分先后）：."""
    return bool(_SIGNERS.fullmatch(text))


def closes(text: str) -> bool:
    """Whether a line at the end signs or dates a text, or takes leave of its readers and asks nothing of them."""
    return (
        bool(SIGNED.fullmatch(text) and text[-1] not in "。；" and not (_SIGN_OF.match(text) and binds_signers(text)))
        or bool(_TO_FILL_IN.fullmatch(text))
        or bool(_CLOSES.fullmatch(text) and (text[0] in "—–-" or not _BINDS.search(text)))
    )


_RULES = re.compile(
    "[^：:]{1,10}[：:](?=.*(?:通[过過]|修[改订訂正]|[变變]更|公[示告布]|提前|[应應须須]|不[得予溯追]|可以|有效|生效|施行|[负負][责責]|解[释釋]|[决決]定))"
)
"""修订权限：技术委员会一致通过 names no signer."""


def cut_tail(body: list[Line]) -> tuple[list[Line], list[Line]]:
    """The last article without the signatures, dates and annexes below it, and those."""
    before = ""
    for i, line in enumerate(body):
        text = line.bare
        if not text or not before:
            before = text or before
            continue
        ended, before = before[-1] in "。！？.”）)", text
        if (closes(text) and (ended or not _CLOSES.fullmatch(text))) or is_annex(text):
            return body[:i], body[i:]
        said = text[-1] in "。；;：:，！？" or text[-2:] in ("。）", "。)")
        loose = (
            len(text) <= headings.SHORT and not said and not (items.label(text) or line.bullet or _RULES.match(text))
        )
        if ended and loose and not _wrapped(body, i):
            return body[:i], body[i:]
    return body, []


def is_annex(text: str) -> bool:
    """Whether a line is the heading of an annex."""
    return len(text) <= headings.SHORT and bool(re.match(rf"附[件录錄表]{B}*(?:{NUMERAL})?{B}*(?:[：:]|$)", text))


def _wrapped(body: list[Line], index: int) -> bool:
    """Whether the text goes on below and ends in a sentence: then the short line is a broken one."""
    below = next((line.bare for line in body[index + 1 :] if line.bare), "")
    return len(body[index].bare) >= 15 and below[-1:] in ("。", "；") and not SIGNED.fullmatch(below)
