"""A program of a party: it asks the API with a key, signs what it drafted with the party's demonstration key."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from gongyue.book.entry import SignedAct
from gongyue.book.signing import sign
from gongyue.demo.simulated_office import seed_of
from web.conftest import House


class Program:
    """Asks in the name of a party; without one, in nobody's."""

    def __init__(
        self, house: House, party: str = "", role: str = "signatory", scopes: str = "read draft submit"
    ) -> None:
        self.client, self.party, self.secret = house.client(), party, ""
        if party:
            from gongyue.web.accounts.models import Person
            from gongyue.web.api.models import ApiKey

            maker = Person.objects.get(email="yunling@demo.invalid")
            self.key, self.secret = ApiKey.objects.make(party, role, scopes.split(), "测试程序", maker, None)

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.secret}"} if self.secret else {}

    def get(self, path: str) -> Any:
        """Read."""
        return self.client.get(path, headers=self.headers)

    def post(self, path: str, data: Any, **headers: str) -> Any:
        """Post JSON, or bytes as they are."""
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.client.post(path, body, content_type="application/json", headers=self.headers | headers)

    def draft(self, type: str, body: dict[str, Any], query: str = "", **asked: Any) -> Any:
        """Ask for a draft."""
        return self.post(f"/api/drafts/{type}{query}", {"body": body} | asked)

    def signed(self, draft: Any, *signers: str) -> bytes:
        """A draft signed with the demonstration keys of these, of the party itself if none is named."""
        act = msgspec.convert(draft.json()["signed"], SignedAct)
        for signer in signers or (self.party,):
            act = sign(act, seed_of(signer))
        return msgspec.json.encode(act)

    def hand_in(self, data: bytes, query: str = "", **headers: str) -> Any:
        """Hand a signed act in."""
        return self.post(f"/api/acts{query}", data, **headers)
