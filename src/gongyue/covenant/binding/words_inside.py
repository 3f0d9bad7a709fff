"""Words put in among those that are bound: 在公证员面前签字, 口头批准, 除第三章外自公布之日起施行, 宜经三分之二以上同意.

No list of such words ends, so none is made. What is listed is what a rule carries out: the catalogue's words of the capability, numbers
and of whom they are counted, the text's own names, and the few words that only join them. Whatever else stands among bound words is
not carried out; the sheet, the question and `verify` quote it. Words that only people go by (principles, duties, who may join) are not
looked at.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from gongyue.covenant.binding.catalogue import catalogue, en_of, spelled_out, zh_of
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.records import BadBinding, Binding, place_of, stated_in, within
from gongyue.covenant.binding.self_names import written_over
from gongyue.covenant.text import Part

EXECUTIVE, APPROVAL = "office.executive", "founding.approval"
LISTED = "known_words.toml"
_JOIN = "的之其有由经并且和与及以于在对向为将或者所都均也亦须应当必需方即便始被则而各本该已自从起后时内日"
"""Between known words these characters only join them; so do signs, but quotation marks: “同意” is none."""
_RUN = re.compile("[^\0，,。；;：:！!？?\n]+")
_ABBREVIATED = re.compile(
    '([^，。；：（）()“”\\s]{2,30})[（(](?:以下|下)?(?:统称|简称|称)(?:为|作)?[“"「]?([^”"」）)]{1,12})'
)
_ANY_BODY = "(?:公约)?(?:单位|企业|机构|会员|成员|商户|社员|盟员|业主|部门|机关|大会|会议)"
_BEHIND = re.compile(f"(?:[^\\W的]{{1,4}}的|[及和与或、]){_ANY_BODY}")
_FROM = re.compile(f"[由向对]{_ANY_BODY}")
_OF_OTHERS = {
    **dict.fromkeys(
        ("founding.signature", "founding.approval", "founding.effect", "annex.consent", "interpretation.authority"),
        _BEHIND,
    ),
    "membership.application": _FROM,
}
"""Known words that make somebody else of those who sign, approve or are asked: 发起单位的会员单位, 主管部门许可的机构, 向会员申请."""
_OF_MEMBERS = (
    "founding.signature", "founding.approval", "founding.effect", "founding.in_force", "amendment.adoption", "vote.quorum", "annex.consent",
)  # fmt: skip
"""Of these no body's name is known: a court that 以下简称 shortens would be one."""
_A_BODY = re.compile(
    "^(?![在当经由以按凭于对向自从因未非]).*(?:[会盟司心院台部局社团网所校处]|机构|单位|企业|小区|社区|小组)$"
)
_ADVISED = re.compile("原则上|宜|拟|最好|尽量|尽可能|争取|力争|酌情|视情|可以|可")
LONGEST = 4_000
"""Characters of bound words that are looked at; nobody binds longer ones but to tire who reads them, and of these the next are quoted."""
MOST_NAMES = 100
"""Names of a text's own that are known; whatever more it shortens stays unknown and is quoted."""


def unknown(b: Binding, part: Part, names: Sequence[str] = ()) -> tuple[str, ...]:
    """The stretches of bound words that neither the catalogue nor a rule knows, as they stand; `names` are the text's own."""
    if b.capability not in known():
        return ()
    try:
        begin = place_of(part, b.words, b.nth)
    except BadBinding:  # of a draft whose text has changed
        return ()
    stated = within(stated_in(part), begin, begin + len(b.words))
    numbers = tuple((n.begin - begin, n.end - begin) for n in stated)
    known_names = () if b.capability in _OF_MEMBERS else tuple(names)
    found = _unknown(b.capability, b.words[:LONGEST], numbers, known_names)
    return (*found, *((f"{b.words[LONGEST : LONGEST + 20]}…",) if len(b.words) > LONGEST else ()))


@lru_cache(maxsize=256)  # a text made to tire its reader binds one article a thousand times
def _unknown(
    capability: str, words: str, numbers: tuple[tuple[int, int], ...], names: tuple[str, ...]
) -> tuple[str, ...]:
    close, places = joined(words)
    plain = fold(close)
    marks = bytearray(len(plain))
    for begin, end in numbers:
        first, last = bisect_left(places, begin), bisect_left(places, end)
        marks[first:last] = b"\1" * (last - first)
    for read in {plain, written_over(plain)}:
        for found in _known(capability, names).finditer(read):
            marks[found.start() : found.start() + len(found[1])] = b"\1" * len(found[1])
    left = "".join("\0" if mark else c for c, mark in zip(plain, marks, strict=True))
    joins = _joins("".join(sorted(w for w in _of_catalogue(capability) if len(w) == 1)))
    runs = [m for m in _RUN.finditer(left) if not joins.fullmatch(m[0])]
    runs += _OF_OTHERS[capability].finditer(plain) if capability in _OF_OTHERS else []
    return tuple(dict.fromkeys(close[m.start() : m.end()].strip() for m in runs))


def doubt(b: Binding, part: Part, names: Sequence[str] = ()) -> tuple[str, str] | None:
    """What the question, the sheet and `verify` say of them; None where there are none."""
    words = unknown(b, part, names)
    if not words:
        return None
    said = "、".join(f"“{w}”" for w in words)
    advised = any(_ADVISED.search(fold(w)) for w in words)
    zh = "；只是建议、可以的，照必须执行" if advised else ""
    en = "; what is only advised or allowed is carried out as if it were asked for" if advised else ""
    return (
        f"{zh_of(b.capability)}：所绑字句里的{said}软件不认得，不据以执行，其余照执行{zh}",
        f"{en_of(b.capability)}: {said} among the bound words is nothing that the software knows and is not carried out; the rest is{en}",
    )


def names_in(parts: Iterable[Part], bindings: Iterable[Binding]) -> tuple[str, ...]:
    """Those whose text it is: whom 以下简称 shortens, and what the executive body is called where another part calls it so too."""
    parts = tuple(parts)
    folded, found = _shortened(tuple(p.text for p in parts))
    by_at = {p.at: text for p, text in zip(parts, folded, strict=True)}
    bodies = (b for b in bindings if b.capability == EXECUTIVE and b.at in by_at)
    runs = ((run, b.at) for b in bodies for run in _unknown(EXECUTIVE, fold(b.words[:LONGEST]), (), found))
    told = (run for run, own in islice(runs, MOST_NAMES) if any(run in text for at, text in by_at.items() if at != own))
    return tuple(dict.fromkeys(name for name in (*found, *told) if len(name) > 1))


@lru_cache(maxsize=4)  # every question about a text asks for its names
def _shortened(texts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts folded, and whom they shorten."""
    folded = tuple(map(fold, texts))
    shortened = (m for text in folded if "称" in text for m in _ABBREVIATED.finditer(text) if _A_BODY.search(m[1]))
    names = dict.fromkeys(name for m in shortened for name in m.groups())
    return folded, tuple(islice(names, MOST_NAMES))


@lru_cache(maxsize=256)
def _known(capability: str, names: tuple[str, ...]) -> re.Pattern[str]:
    words = {*_of_catalogue(capability), *names}
    longest_first = sorted((re.escape(w) for w in words if len(w) > 1), key=len, reverse=True)
    return re.compile(f"(?=({'|'.join(longest_first)}))")


@lru_cache(maxsize=64)
def _joins(also: str) -> re.Pattern[str]:
    # Possessive, and no word of joining characters (必须) beside them: a run that ends otherwise would be tried in 2**n ways.
    return re.compile(f"(?:依法|[{_JOIN}{re.escape(also)}]|[^\\w“”‘’\"'「」『』]|_)*+")


@cache
def known() -> dict[str, tuple[str, ...]]:
    """By capability, what its rule carries out or may pass over, beside the words of the catalogue that find it."""
    read = tomllib.loads(files("gongyue.covenant.binding").joinpath(LISTED).read_text("utf-8"))
    lists = {**catalogue().words, **{name: tuple(written.split()) for name, written in read["lists"].items()}}
    return {
        name: tuple(w for x in written.split() for w in spelled_out(x, lists))
        for name, written in read["known"].items()
    }


@cache
def _of_catalogue(capability: str) -> frozenset[str]:
    by = catalogue()
    entry, words = by.capabilities[capability], by.words
    found = {*words["self"], *words["text"], *known()[capability], *(words["office"] if capability == APPROVAL else ())}
    firsts = (e for alternative in entry.find for x in alternative[0] for e in spelled_out(x.lstrip("@^"), words))
    return frozenset(w for e in (*found, *firsts) for w in e.split("…") if w)
