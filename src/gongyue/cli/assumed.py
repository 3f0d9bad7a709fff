"""What was assumed of the numbers an edition binds, at the command line: told before anything is filed, answered by --so ARTICLE."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongyue.cli.errors import usage
from gongyue.cli.lazy import words_of
from gongyue.cli.output import counted, pick
from gongyue.covenant.addresses import in_english, label_of, meant_by

if TYPE_CHECKING:
    from gongyue.covenant.assumed_in_edition import Unsaid
    from gongyue.covenant.edition import Edition

SO = click.option(
    "--so",
    multiple=True,
    metavar="ARTICLE",
    help="确认这一条推定的读法正是本意；被拒时逐处写明是哪一条，可重复 / Confirm that what was assumed of that article's numbers is meant"
    " so; the refusal says which articles. Repeatable.",
)


def answers(unsaid: Sequence[Unsaid]) -> str:
    """The options that say of all of it that it is meant so."""
    return " ".join(dict.fromkeys(f"--so {u.at}" for u in unsaid))


def importing(path: Path, edition: Edition) -> str:
    """The command that imports an edition whose draft was answered place by place: the same answers are given with it."""
    from gongyue.covenant.assumed_in_edition import of_edition

    return " ".join(
        filter(None, ["gongyue founding import", str(path), answers(of_edition(edition)), "--key … --key …"])
    )


def unanswered(edition: Edition, unsaid: Sequence[Unsaid], so: Sequence[str]) -> tuple[Unsaid, ...]:
    """What nobody has answered, however the articles were typed."""
    from gongyue.covenant.assumed_in_edition import left

    return left(unsaid, {at for typed in so for at in meant_by(typed, edition.parts)})


def lines(unsaid: Sequence[Unsaid]) -> list[str]:
    """What is unanswered, and how it is answered."""
    from gongyue.covenant.assumed_in_edition import told

    if not unsaid:
        return []
    zh = f"正是本意的，加 {answers(unsaid)}；不是的，改写条文。"
    return [pick(*told(unsaid)), pick(zh, f"If it is meant so, add {answers(unsaid)}; if not, reword the article.")]


def require_answers(edition: Edition, unsaid: Sequence[Unsaid], so: Sequence[str]) -> None:
    """Usage error where something was assumed and nobody has said that it is meant so."""
    require_none(unanswered(edition, unsaid, so))


def require_none(open_: Sequence[Unsaid], where: str = "") -> None:
    """Usage error where anything is unanswered: each place with the option that answers it, and the whole command that goes on.

    `where`: the file it is in, of several.
    """
    if not open_:
        return
    zh, en = f"{where and where + '：'}", f"{where and where + ': '}"
    places = [
        (
            f"  {label_of(u.at)}“{u.words}”存疑：{u.zh}。正是本意的：--so {u.at}",
            f"  {in_english(u.at)} “{u.words}” is in doubt: {u.en}. If it is meant so: --so {u.at}",
        )
        for u in open_
    ]
    command = _again(answers(open_))
    raise usage(
        "\n".join([
            f"{zh}有 {len(open_)} 处的数，字句没有说全，是推定着读的；须由人以选项 --so 逐条确认，才能办理：",
            *(p[0] for p in places),
            f"都是本意的，接着运行：\n  {command}",
            "不是的，改写条文，再来一次。",
        ]),
        "\n".join([
            f"{en}{counted(len(open_), 'number')} of which the words do not say all, and which were read on an assumption; somebody has to confirm"
            " each article with the option --so first:",
            *(p[1] for p in places),
            f"If all of them are meant so, go on with:\n  {command}",
            "If not, reword the article, and come again.",
        ]),
    )  # fmt: skip


def _again(added: str) -> str:
    """The command as it was typed, with more options."""
    context = click.get_current_context(silent=True)
    return f"gongyue {shlex.join(words_of(context))} {added}" if context else added
