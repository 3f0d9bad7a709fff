"""The form of an application by somebody without an account, and the act that is signed in the applicant's own browser."""

from __future__ import annotations

import os

import msgspec
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gongyue.book.drafting import draft_act
from gongyue.book.entry import SignedAct
from gongyue.covenant.parties import is_credit_code
from gongyue.governance.acts import Signature, act_type_of
from gongyue.governance.admission import own_id
from gongyue.office.facts import joining
from gongyue.office.office import Office
from gongyue.web.acting import choices, form_fields
from gongyue.web.acting.act_form import ActForm
from gongyue.web.acting.form_fields import FormField
from gongyue.web.installation import Now

KIND = act_type_of("membership.apply/1")
CODE_LENGTH = 18
_WRONG_LENGTH = (
    "统一社会信用代码须 18 位，字母大写",
    "A unified social credit code has 18 characters, letters in capitals",
)
_WRONG_CHECK = (
    "代码的校验位不符，请对照营业执照逐字核对",
    "Its check character does not agree: compare it with the licence, character by character",
)


class ApplicationForm:
    """The questions of an application, with answers or without; `actor`: the unit it is for, by its code, once that is there."""

    def __init__(self, now: Now, office: Office, post: QueryDict | None = None) -> None:
        self.now, self.office = now, office
        self._form = ActForm(KIND, now, office, post, MultiValueDict()) if post is not None else None

    def read(self) -> bool:
        """Whether every answer can be used."""
        if self._form is None:
            return False
        ready = self._form.read("")
        if not self._form.post.get("key", "").strip():  # said at once, beside whatever else is missing
            self._form.errors["key"] = ("请先制作密钥", "Make a key first")
        code = self._form.post.get("code", "").strip()
        if code and not is_credit_code(code):  # nobody signs what a wrong digit has refused
            self._form.errors["code"] = _WRONG_CHECK if len(code) == CODE_LENGTH else _WRONG_LENGTH
        self._require_activity()
        return ready and not self._form.errors

    def _require_activity(self) -> None:
        """Said here, before a key is made, what GY-02-01 would refuse; of a text that says whom it covers."""
        assert self._form is not None
        post, inst = self._form.post, self.now.inst
        if inst.meaning.clause(joining.INDUSTRY) is None or post.getlist("activities") or post.get("other", "").strip():
            return
        where = "activities" if joining.activities_listed(inst) else "other"
        self._form.errors.setdefault(where, ("至少写一项所从事的活动", "State at least one activity that you carry on"))

    @property
    def questions(self) -> list[FormField]:
        """What is asked; the kind of key is told by the key."""
        form = self._form
        picks = choices.FieldChoices(KIND, self.now, self.office, "", False)
        answers, errors = (form.again(form.typed), form.errors) if form else ({}, {})
        asked = form_fields.form_fields(form_fields.FormContext(KIND, picks, answers, errors))
        return [one for one in asked if one.name != "alg"]

    @property
    def asked(self) -> set[str]:
        """The names of what is asked."""
        return {part.name for one in self.questions for part in one.everything()}

    @property
    def actor(self) -> str:
        """The unit of that code: the one the book knows, else the one it has by its code."""
        code = str(self._form.body["code"]) if self._form else ""
        return self.now.inst.by_code.get(code, own_id(code))

    def act(self) -> SignedAct:
        """The act to sign, on the book as it is now; its signature is empty."""
        assert self._form is not None
        body = self._form.body
        act = draft_act(
            self.now.inst,
            self.office.rev,
            self.office.view(),
            KIND.type,
            self.actor,
            body,
            seq=self.office.next_seq(KIND, self.actor, str(body["key"]), body),
            at=self.now.clock.done_at(KIND),
            nonce=os.urandom(32),
        )
        return msgspec.structs.replace(act, sigs=(Signature(str(body["alg"]), str(body["key"]), ""),))
