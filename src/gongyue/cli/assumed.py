"""What was assumed of the numbers an edition binds, at the command line: told before anything is filed, answered by --so ARTICLE."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongyue.cli.errors import usage
from gongyue.cli.output import pick
from gongyue.covenant.addresses import meant_by

if TYPE_CHECKING:
    from gongyue.covenant.assumed_in_edition import Unsaid
    from gongyue.covenant.edition import Edition

SO = click.option(
    "--so",
    multiple=True,
    metavar="ARTICLE",
    help="这一条推定的读法正是本意，可重复 / What was assumed of that article's numbers is meant so; repeatable.",
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
    """Usage error where anything is unanswered; `where`: the file it is in, of several."""
    from gongyue.covenant.assumed_in_edition import told

    if open_:
        zh, en = told(open_)
        raise usage(
            f"{where and where + '：'}{zh}。正是本意的，同一命令再加 {answers(open_)}；不是的，改写条文。",
            f"{where and where + ': '}{en}. If it is meant so, add {answers(open_)} to the same command; if not, reword the article.",
        )
