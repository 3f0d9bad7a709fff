"""Reading the answers of an act's form: a body, or what is wrong with each answer, in words that say how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from msgspec import inspect as shape

from gongyue.covenant.edition import BadEdition
from gongyue.covenant.fault_words import fault_zh
from gongyue.covenant.parser import Gap, Unreadable
from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import iso
from gongyue.covenant.rulings import OutOfTurn
from gongyue.governance.acts import ActType, decode_body
from gongyue.governance.clock import RECOVER
from gongyue.office import bodies, hearing_record, next_id, rolls
from gongyue.office.invalid_input import InvalidInput
from gongyue.office.office import Office
from gongyue.transparency import canonical
from gongyue.web.acting import (
    adoption_form,
    amendment_form,
    annex_form,
    assumed_questions,
    choices,
    computed_fields,
    consent_form,
    dossier_form,
    form_fields,
    hearing_form,
    panel_form,
    report_form,
    typed_values,
)
from gongyue.web.acting.form_files import FormFiles
from gongyue.web.acting.typed_values import CHOOSE, ED25519_NAME, MISSING, FieldError
from gongyue.web.installation import Now


class ActForm:
    """The answers of one form: `body` once every one can be used, `errors` by the input's name otherwise.

    `where`: the dossier in which it is done, "" for none, and who reads there.
    """

    def __init__(
        self,
        kind: ActType,
        now: Now,
        office: Office,
        post: QueryDict,
        files: MultiValueDict[str, UploadedFile[bytes]],
        where: tuple[str, str] = ("", ""),
    ) -> None:
        self.kind, self.now, self.office, self.post, self.files = kind, now, office, post, files
        self._reader = where[1]
        self._handed_in = FormFiles(kind, now, office, post, files, where)
        self.material, self.uploaded = self._handed_in.material, self._handed_in.uploaded
        self.errors: dict[str, tuple[str, str]] = {}
        self.typed: dict[str, Any] = {}
        self.body: dict[str, Any] = {}

    # -- the whole

    def read(self, signer: str) -> bool:
        """Read every answer; whether all can be used. `signer`: the key a unit not yet known brings along."""
        given: dict[str, Any] = self._change() if self.kind.type == amendment_form.TYPE else {}
        for field in bodies.fields(self.kind):
            if field.name in given or computed_fields.is_computed(self.kind, field.name):
                continue
            if next_id.is_numbered(self.kind, field.name):
                wanted = str(self.post.get(field.name, "")).strip()
                given[field.name] = next_id.id_for(self.now.inst, self.kind, self.now.day, wanted)
                continue
            if self.kind.type in adoption_form.TYPES and field.name == "other":
                given["other"] = self.typed["other"] = adoption_form.differing(self.post, self.errors)
                continue
            if field.name == "alg" and "key" in given:
                given["alg"] = self.typed["alg"] = "ed25519" if len(str(given["key"])) == ED25519_NAME else "webauthn"
                continue
            record = field.name == "reasons" and hearing_form.is_filled_in(self.kind.type, self.post)
            value = self._hearing() if record else self._answer(field, field.name, field.name)
            named = str(self.post.get(field.name, "")).strip()
            self.typed[field.name] = named if bodies.is_sealed_name(named) else value  # a name is chosen anew as it was
            if value not in (None, ""):
                given[field.name] = value
        self._require_said(given)
        if self.errors or not self._stated(given):
            return False
        try:
            self.body = bodies.body(
                self.kind, given, self.now.inst, signer, lambda info, value, name: self._plain(value)
            )
        except bodies.NoDefault as missing:
            key = missing.field == "key" and self.kind.own_key
            self.errors[missing.field] = (
                ("请先制作密钥", "Make a key first") if key else ("现在还没有", "There is none yet")
            )
            return False
        self._check()
        if self.kind.type == annex_form.TYPE and annex_form.unchanged(self.now.inst, self.body):
            self.errors["text"] = ("与现行附件相同：请在文字上改", "It reads as it does now: edit the words")
        return not self.errors

    def _require_said(self, given: dict[str, Any]) -> None:
        """Ask for what is left out although it decides something."""
        for name in (*panel_form.unsaid(self.kind.type, self.post), *dossier_form.unsaid(self.kind.type, self.post)):
            self.errors.setdefault(name, CHOOSE)
        if self.kind.type == dossier_form.NOTE and not any(given.values()):
            empty = dossier_form.EMPTY if is_unit(self._reader) else dossier_form.EMPTY_OF_OFFICER
            self.errors.setdefault("docs", empty)
        for name, why in report_form.wrong(self.kind.type, self.post, iso(self.now.day)):
            self.errors.setdefault(name, why)
        if self.kind.type == report_form.ANSWER and given.get("answer") != "declined":
            given.pop("ground", None)  # of a choice made before another answer was chosen: nothing unchooses it
        if self.kind.type == consent_form.TYPE:
            consent_form.decide(self.post, given, self.errors)
        if self.kind.type == assumed_questions.IMPORT:
            edition = self.material.objects.get(str(given.get("edition")))
            rows = amendment_form.clause_rows(self.post)
            self.typed["clauses"] = assumed_questions.of_import(edition, rows, self.errors)

    def _stated(self, given: dict[str, Any]) -> bool:
        """Fill in what is not asked of an act without discretion, and what only the books say; whether it can be."""
        if self.kind.by.who != "system" and self.kind.type != RECOVER:
            return True  # `bodies.body` knows the defaults
        found = computed_fields.compute_fields(self.kind, self.office, self.now, given)
        if found.why:
            self.errors["matter" if "matter" in given else ""] = found.why
        given |= found.values
        self.material.objects |= found.objects
        return not found.why

    def _hearing(self) -> str | None:
        """The record of a hearing as a document; None while something is lacking in it."""
        record = hearing_form.answered(self.post)
        wrong = hearing_form.errors(record)
        self.errors |= wrong
        return None if wrong else self.material.commit(record.text().encode(), hearing_record.FILE)

    def _change(self) -> dict[str, Any]:
        self.typed |= amendment_form.typed(self.post, self.now.inst.meaning.edition)
        made = amendment_form.build_change(self.now.inst, self.typed, self.material, self.errors)
        return dict.fromkeys(("change", "edition"), "") | made

    def _plain(self, value: Any) -> Any:
        return iso(self.now.day) if value == "today" else value

    def _check(self) -> None:
        """The whole body has the form its act type asks."""
        try:
            decode_body(self.kind, canonical.encode(self.body))
        except canonical.NotCanonical as error:
            self.errors[_place(error.path)] = (
                f"不能入簿：{fault_zh(error.why)}",
                f"It cannot be recorded: {error.why}",
            )
        except OutOfTurn as error:
            why = str(error.refusal["figures"].get("why", ""))
            self.errors[_place(why)] = (f"格式不符：{fault_zh(why)}", f"Not well formed: {why}")

    def again(self, answers: Any) -> Any:
        """Answers to be shown again: what came with this form was not kept, so it is handed in again."""
        if isinstance(answers, dict):
            return {name: self.again(value) for name, value in answers.items()}
        if isinstance(answers, (list, tuple)):
            return [self.again(value) for value in answers]
        gone = {*self.material.objects, *self.material.links, *(p.commitment for p in self.material.private)}
        return None if isinstance(answers, str) and answers in gone else answers

    def texts(self) -> dict[str, str]:
        """What was written in place of a file, by the question's name."""
        return {name.removesuffix(".text"): str(text) for name, text in self.post.items() if name.endswith(".text")}

    def paper(self) -> dict[str, str]:
        """The paper the act is recorded from, its number empty where it has none; `errors` says what is wrong with it."""
        given = {name: str(self.post.get(f"paper.{name}", "")).strip() for name in ("number", "dated", "arrived")}
        for name in ("dated", "arrived"):
            if not given[name]:
                self.errors[f"paper.{name}"] = MISSING
            elif not bodies.exists(given[name]):
                self.errors[f"paper.{name}"] = ("没有这一天，请写作 2026-03-20", "No such day; write it as 2026-03-20")
        if len(given["number"]) > 60:
            self.errors["paper.number"] = ("不得超过 60 字", "At most 60 characters")
        if (scan := self._digest("paper.scan", "scan")) is not None:
            given["scan"] = scan
        elif "paper.scan" not in self.errors:
            self.errors["paper.scan"] = ("请选择扫描件", "Choose the scan")
        return given

    # -- one answer

    def _answer(self, field: shape.Field, name: str, path: str) -> Any:
        """The answer to one question as it stands in the body; None where there is none."""
        inner = form_fields.shape_of(self.kind, field, path)
        try:
            value = self._read(inner, name, path)
            if (
                value in (None, "", [], {})
                and form_fields.is_required(self.kind, field, path)
                and name not in self.errors
            ):
                widget = form_fields.widget_of(self.kind, path, inner)
                raise FieldError(*(CHOOSE if widget in {"radio", "yesno", "checks", "select"} else MISSING))
        except (FieldError, InvalidInput, BadEdition, Gap, Unreadable) as error:
            self.errors[name] = (error.zh, error.en)
            return self.post.get(name)
        return value

    def _read(self, info: shape.Type, name: str, path: str) -> Any:
        if isinstance(info, shape.StructType):
            return self._parts(info, name, path)
        if bodies.is_structs(info):
            return list(self._rows(info, name, path))
        if isinstance(info, shape.VarTupleType):
            if bodies.is_digest(info.item_type) and form_fields.brings_documents(self.kind, path):
                return self._handed_in.documents(name)
            listed = self.post.getlist(name)
            if isinstance(info.item_type, shape.LiteralType):
                return choices.in_order(path, listed)
            lines = [line.strip() for line in "\n".join(listed).splitlines() if line.strip()]
            return (
                [typed_values.unit_named(self.now.inst, line) for line in lines]
                if path.endswith(".interests")
                else lines
            )
        if bodies.is_digest(info):
            return self._digest(name, path)
        if path.endswith("_seconds"):
            return typed_values.seconds(info, *(str(self.post.get(n, "")).strip() for n in (name, f"{name}.unit")))
        return typed_values.value(self.now.inst, info, str(self.post.get(name, "")).strip(), path)

    # -- structures

    def _parts(self, info: shape.StructType, name: str, path: str) -> dict[str, Any] | None:
        if not self._touched(name):
            return None
        return {f.name: self._answer(f, f"{name}.{f.name}", f"{path}.{f.name}") for f in info.fields}

    def _rows(self, info: shape.Type, name: str, path: str) -> Iterator[dict[str, Any]]:
        assert isinstance(info, shape.VarTupleType)
        assert isinstance(info.item_type, shape.StructType)
        table = self._handed_in.file(f"{name}.table")
        if table is not None:
            yield from (msgspec.to_builtins(unit) for unit in rolls.read_units(*table, self.now.inst))
        for n in range(self._count(name)):
            row = self._parts(info.item_type, f"{name}.{n}", path)
            if row is not None:
                yield row

    def _count(self, name: str) -> int:
        places = [re.match(rf"{re.escape(name)}\.(\d{{1,3}})\.", key) for key in (*self.post, *self.files)]
        return max((int(m[1]) + 1 for m in places if m), default=0)

    def _touched(self, name: str) -> bool:
        """Whether anything within a structure was filled in."""
        inside = name + "."
        return any(k.startswith(inside) and any(v.strip() for v in self.post.getlist(k)) for k in self.post) or any(
            k.startswith(inside) for k in self.files
        )

    def _digest(self, name: str, path: str) -> str | None:
        """The digest of what was handed in; None where it cannot be used, and `errors` says why."""
        try:
            return self._handed_in.digest(name, path)
        except (FieldError, InvalidInput, BadEdition, Gap, Unreadable) as error:
            self.errors[name] = (error.zh, error.en)
            return None


def _place(said: str) -> str:
    """The input a message is about: `$.places[0].url` → `places.0.url`."""
    found = re.search(r"\$?\.([a-z_]+(?:\[\d+\]|\.[a-z_]+)*)", said)
    return re.sub(r"\[(\d+)\]", r".\1", found[1]) if found else ""
