"""The draft of a text's bindings that the office works on, and who changed what. Nothing of it is in a book; it is erased as a whole."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class BindingDraft(models.Model):
    """The text that is being bound, and what was said of it so far: one at a time, for one covenant is founded here.

    `kept`: the draft as its file (`gongyue/binding-draft@1`). `version` counts the changes; whoever changes it says which
    version they saw.
    """

    slot = models.CharField("位置", max_length=10, default="founding", unique=True)
    name = models.CharField("文件名", max_length=200)
    text = models.BinaryField("文本")
    kept = models.BinaryField("草稿")
    version = models.PositiveIntegerField("版次", default=1)
    begun_at = models.DateTimeField("开始", auto_now_add=True)
    changed_at = models.DateTimeField("改动", auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class BindingChange(models.Model):
    """One change: the version it made, the officer (an id of the book, no person), what it was, and of which capabilities.

    `capabilities` is empty where it changed the whole: the text, its numbering, another draft in the place of this one.
    """

    draft = models.ForeignKey(BindingDraft, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField("版次")
    officer = models.CharField("职员", max_length=44)
    zh = models.CharField("改动", max_length=300)
    en = models.CharField("改动（英文）", max_length=300)
    capabilities = models.JSONField("事项", default=list)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "version"], name="one_change_a_version")]

    def __str__(self) -> str:
        return f"{self.version} {self.officer} {self.zh}"
