"""The columns of an input: which it should have and has not, and which it has that nobody reads.

A column that is missing in all of a file is told once, with the columns there are; one that nobody reads is told, and is
refused where it seems to be meant: a withdrawal under another name would be lost without a word.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from gongyue.conduct.findings import BadInput
from gongyue.conduct.safe_text import listed, short

USED = (("time",), ("action",), ("dataset", "category"))
GRANTED = (("subject",), ("valid_from",), ("terms", "purposes"), ("revoked_at",))
"""What a log, and what authorisations, cannot do without, by our names: one of each. Of `revoked_at` the promise file may
declare that there is none; it is then none of the columns."""
ALIKE = 0.82
"""How alike two names are, at the least, of which one may be meant for the other: see `difflib`."""
KEPT = 1000
"""Columns that nobody reads that are told: JSON may have any."""
_ACTORS = frozenset({
    "account", "account_name", "user", "user_name", "username", "login", "db_user", "账号", "帐号", "账户", "帐户", "用户名", "登录名",
})  # fmt: skip
"""What logs call the account that [map.account] maps: our column is `actor`."""
_WITHDRAWN = re.compile(
    r"withdr|revo[ck]|cancel|terminat|(^|_)(deleted|ended|stopped)(_?at)?(_|$)|opt_?out|unsubscri|撤|终止|解除|注销|取消|退订"
)
_PERHAPS = re.compile(r"rescind|retract|object(ed|ions?)(_?at)?(_|$)|收回|作[废廢]|停用|拒[绝絕]|解[约約]")
"""What is a withdrawal perhaps: looked for where there is no column of them."""
_ENDS = re.compile(
    r"expir|^in?valid|^valid|^end(s|date|time|at)?$|(^|_)(end|until|stop|lapsed?)(_|$)|(effective|active|date|time)_?to$|到期|失效|截止|结束|期限|有效|终点"
)


_STARTS = re.compile(r"from|since|start|begin|起|始|生效")


def folded(name: str) -> str:
    """A name as it is compared: NFKC, in small letters, without what does not show; blanks, dots and dashes within it are "_"."""
    shows = "".join(c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) != "Cf")
    return re.sub(r"[\s.\-]+", "_", shows.strip().lower())


def ending(name: str) -> str:
    """Which of our columns that end an authorisation a name looks like: `revoked_at`, `valid_to`, "" for neither."""
    looks = ((_WITHDRAWN, "revoked_at"), (_ENDS, "valid_to"))
    return next((ours for pattern, ours in looks if _found(pattern, name)), "")


def misused(ours: str, theirs: str) -> str:
    """What a name of theirs looks like that is read as this column of ours, where it would be lost so: as `ending`."""
    meant = "" if ours in {"revoked_at", "valid_to"} else ending(theirs)
    started = ours == "valid_from" and meant == "valid_to" and _found(_STARTS, theirs)
    return "" if started else meant


def _found(pattern: re.Pattern[str], name: str) -> bool:
    """Whether a name has the pattern, blanks within it or not."""
    plain = folded(name)
    return bool(pattern.search(plain) or pattern.search(plain.replace("_", "")))


def _withdrawn(name: str) -> bool:
    """Whether a name may be that of withdrawals, where there is no other column of them."""
    return _found(_WITHDRAWN, name) or _found(_PERHAPS, name)


def require(
    name: str, heads: Iterable[Collection[str]], columns: Mapping[str, str], needed: Sequence[tuple[str, ...]], table: str
) -> None:  # fmt: skip
    """BadInput where these heads, taken together, lack a column that is needed; nothing where there is no head at all.

    A file of JSON lines has a column where some row of it has the key.
    """
    seen: dict[str, None] = {}
    missing = needed = [some for some in needed if not columns.keys().isdisjoint(some)]
    for head in heads:
        seen |= dict.fromkeys(head)
        missing = [some for some in missing if not any(columns[ours] in seen for ours in some)]
        if not missing:
            return
    if seen:
        raise _lacking(name, list(seen), missing, columns, table, _hint(list(seen), len(missing) == len(needed)))


def _lacking(
    name: str, seen: list[str], missing: list[tuple[str, ...]], columns: Mapping[str, str], table: str, hint: tuple[str, str]
) -> BadInput:  # fmt: skip
    theirs = [[columns[ours] for ours in some if ours in columns] for some in missing]
    zh, en = "、".join(map(" 或 ".join, theirs)), ", ".join(map(" or ".join, theirs))
    ours, (hint_zh, hint_en), (more_zh, more_en) = missing[0][0], hint, ("", "")
    yours_zh, yours_en = "贵单位的列名", "your column"
    if missing[-1] == ("revoked_at",):
        more_zh, more_en = _UNDECLARED
        if meant := next(filter(_withdrawn, seen), ""):
            ours, yours_zh, yours_en = "revoked_at", short(meant), short(meant)
    return BadInput(
        f"{name} 缺少列：{zh}；它的列是：{listed(seen)}。{hint_zh}请改列名，"
        f'或在承诺文件 [columns.{table}.name] 写明，如 {ours} = "{yours_zh}"{more_zh}',
        f"{name} lacks columns: {en}; it has: {listed(seen)}. {hint_en}Rename them, or name them in the promise file under "
        f'[columns.{table}.name], as {ours} = "{yours_en}"{more_en}',
    )


_UNDECLARED = (
    "。没有撤回（revoked_at）一列，已撤回的同意会照旧算作有效；确实没有任何撤回的，才在承诺文件 [columns.authorisations] 写明"
    ' withdrawals = "none"，各报告都会照说',
    ". Without a column of withdrawals (revoked_at) consent that was withdrawn would count as given; only where there are none at"
    ' all, declare withdrawals = "none" under [columns.authorisations], and every report will repeat it',
)  # fmt: skip


def _hint(seen: list[str], none: bool) -> tuple[str, str]:
    """What else may be the matter with a head; `none`: it has no column that is needed."""
    if any("\0" in name for name in seen):
        return "像是没有标记的 UTF-16，请另存为 UTF-8。", "It looks like UTF-16 without its mark: save it as UTF-8. "
    if len(seen) == 1 and (comma := next((c for c in ";\t|" if c in seen[0]), None)):
        shown = "Tab" if comma == "\t" else comma
        return f"像是以“{shown}”分隔，请另存为逗号分隔。", f'It seems to be parted by "{shown}": save it with commas. '
    return ("CSV 的第一行应是列名。", "The first line of a CSV should name the columns. ") if none else ("", "")


class Unused:
    """The columns of authorisations that nobody reads, found while they are read."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self._looked = set(columns.values())
        self.names: dict[str, None] = {}
        """Those that are harmless."""

    def look(self, head: Collection[str]) -> None:
        """Look at the names of a row's columns; BadInput for those that seem to be meant as one of ours."""
        if self._looked.issuperset(head):
            return
        unknown = [name for name in head if name not in self._looked]
        meant = {name: ours for name in unknown if (ours := self._meant(name, head))}
        if "revoked_at" in meant.values() and "revoked_at" not in self._columns:
            raise _undone([name for name, ours in meant.items() if ours == "revoked_at"])
        if meant:
            raise _misnamed(meant)
        for name in unknown[: KEPT - len(self.names)]:
            self.names[name] = None
            if not near(name, self._columns):
                self._looked.add(name)

    def _meant(self, name: str, head: Collection[str]) -> str:
        """Which of our columns this one seems to be meant as, "" for none: one that is there is not meant again."""
        if "revoked_at" not in self._columns and _withdrawn(name):
            return "revoked_at"
        if ours := ending(name):
            return ours
        ours = near(name, self._columns)
        return "" if not ours or self._columns[ours] in head else ours


def near(name: str, columns: Mapping[str, str]) -> str:
    """Which of our columns has nearly this name, "" for none."""
    plain = folded(name)
    if plain in _ACTORS and "actor" in columns:
        return "actor"
    for ours, theirs in columns.items():
        known = folded(theirs)
        if plain == known or (len(plain) > 4 and known.startswith(plain[:-1])):
            return ours
        if len(known) > 3 and difflib.SequenceMatcher(None, plain, known).ratio() >= ALIKE:
            return ours
    return ""


def doubtful(head: Collection[str], columns: Mapping[str, str]) -> list[str]:
    """Columns of a log that nobody reads, and that have nearly the name of one of ours that is not there."""
    unread = [name for name in head if name not in columns.values()]
    return [name for name in unread if (ours := near(name, columns)) and columns[ours] not in head]


def _undone(names: list[str]) -> BadInput:
    """The error for columns of withdrawals in authorisations of which the promise file declares that there are none."""
    return BadInput(
        f'承诺文件声明没有撤回（[columns.authorisations] withdrawals = "none"），授权里却有像是撤回的列：{listed(names)}。二者必有一误：'
        f'删去 withdrawals，在 [columns.authorisations.name] 写明 revoked_at = "{short(names[0])}"；与撤回无关的，请先去掉或改名',
        'the promise file declares that there are no withdrawals ([columns.authorisations] withdrawals = "none"), yet the'
        f" authorisations have columns that seem to state them: {listed(names)}. One of the two is wrong: remove withdrawals and"
        f' write [columns.authorisations.name] revoked_at = "{short(names[0])}"; drop or rename what has nothing to do with it',
    )  # fmt: skip


def _misnamed(meant: dict[str, str]) -> BadInput:
    zh = "、".join(f"{short(name)}（像是 {ours}）" for name, ours in meant.items())
    en = ", ".join(f"{short(name)} (as {ours}?)" for name, ours in meant.items())
    name, ours = next(iter(meant.items()))
    mend = f'[columns.authorisations.name] {ours} = "{short(name)}"'
    return BadInput(
        f"授权里有不认识的列：{zh}；略过它，撤回与到期就丢了。请在承诺文件写明 {mend}；与授权的起止无关的，请先去掉或改名",
        f"the authorisations have unknown columns: {en}; passing over them would lose withdrawals and ends. Write {mend} in "
        "the promise file; drop or rename what has nothing to do with it",
    )
