"""What lies beside a file that `gongyue read` shows: a draft, whose answers are not in what is read."""

from __future__ import annotations

from pathlib import Path

import click

from gongyue.conduct.safe_text import plain

_DRAFTED = {
    "zh": "这里是软件自己的读法；草稿 {draft} 里说过的不在其内，要看：gongyue founding bind {file} --outline show（各行：--outline lines）。",
    "en": "This is how the software reads it by itself, without what was said in the draft {draft}; to see that:"
    " gongyue founding bind {file} --outline show (line by line: --outline lines).",
}


def tell_of_draft(file: str, lang: str) -> None:
    """Where a draft on the file lies beside it, that its answers are not in what is read here, and how to see them."""
    if file != "-" and Path(file + ".binding.json").is_file():
        click.echo(plain(_DRAFTED[lang].format(draft=file + ".binding.json", file=file)), err=True)
