"""What the fields of acts are called on forms, and what helps to fill them in, in the language of the answer."""

from __future__ import annotations

from gongyue.governance import sheet
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import VALUES
from gongyue.office.facts import joining
from gongyue.web.templatetags.words import pick

__all__ = ["PAPER", "VALUES", "Label", "half", "label", "label_in", "label_of"]


def half(text: str) -> str:
    """The half of "现有文本 the present text" that is in the language of this answer."""
    chinese = " ".join(w for w in text.split(" ") if not w.isascii())
    english = " ".join(w for w in text.split(" ") if w.isascii())
    return pick(chinese or english, english or chinese)


class Label(sheet.Label):
    """A field's name, and what helps to fill it in."""

    @property
    def text(self) -> str:
        """The name in the language of this answer."""
        return pick(self.zh, self.en)

    @property
    def hint(self) -> str:
        """The hint in the language of this answer."""
        return pick(self.hint_zh, self.hint_en)


PAPER = {path: Label(*said) for path, said in sheet.PAPER.items()}
"""The fields of the paper an act is recorded from."""


def label(type: str, path: str) -> Label:
    """The label of a field of an act type; what stands in a map is called by its own name. KeyError where it has none."""
    return label_of(ACT_TYPES[type], path)


def label_of(kind: ActType, path: str) -> Label:
    """The label of a field; KeyError where it has none."""
    return Label(*kind.label(path))


def label_in(inst: Institution, kind: ActType, path: str) -> Label:
    """The same, with the words of the text in force as its hint where the question is about them."""
    plain = label_of(kind, path)
    own = joining.hint(inst, path)
    return Label(plain.zh, plain.en, *own) if own else plain
