"""What the vault says when it cannot or may not: in both languages, with what to do."""

from __future__ import annotations


class VaultError(Exception):
    """Something that the vault does not do: ``zh`` and ``en`` say what, and how to mend it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


class BadVault(VaultError):
    """The vault is not there, damaged, without a key, of an older time, or its disk is full. Nothing was lost by asking."""


class BadDocument(VaultError):
    """What was handed in is no document that can be kept."""


class NotThere(VaultError):
    """No document has that commitment."""


class Withheld(VaultError):
    """What may not be done; `code` names why."""

    code = ""


class NotEntitled(Withheld):
    """Whoever asks may not read this document."""

    code = "not-entitled"


class Gone(Withheld):
    """The content was erased by law; its commitment stays."""

    code = "erased"


class Held(Withheld):
    """A hold refuses erasure (decision 0041)."""

    code = "GY-20-02"


class Kept(Withheld):
    """A document that was served or cited is kept until P17 is over."""

    code = "P17"


def gone(c: str) -> Gone:
    """What is said of erased content, everywhere."""
    return Gone(f"{c}：内容已依法删除；承诺值留存。", f"{c}: the content was erased by law; the commitment stays.")
