"""What officers are called to those who sign in: by name where their accounts have one, else by what they are registered as."""

from __future__ import annotations

from typing import Any

from gongyue.web.accounts.officers import called, called_each
from web.conftest import House
from web.going import Going
from web.rooms import assigns, name_of, petition, text_of

QINGHE = "u:0008"


def _of(email: str) -> Any:
    """The account of that address, as rows to be changed."""
    from gongyue.web.accounts.models import Person

    return Person.objects.filter(email=email)


def test_a_party_is_told_the_name_and_the_public_is_not(house: House) -> None:
    """Whose petition it is reads who handles it; on public pages the id stands, since names are in no book."""
    going = Going(house).at("2027-03-02 10:00")
    dossier = petition(going, QINGHE)
    assigns(going, dossier, "o:qin")
    assert "承办人：秘书长秦" in text_of(house.client("qinghe@demo.invalid"), f"/my/dossiers/{name_of(dossier)}/")
    public = text_of(house.client(), "/executive/")
    assert "职员 qin" in public and "o:qin" not in public and "秘书长秦" not in public


def test_an_erased_or_blocked_account_leaves_the_id(house: House) -> None:
    """A name goes with its account; units are called as everywhere."""
    person = _of("qin@demo.invalid").get()
    assert called(house.office.inst, "o:qin") == person.name == "秘书长秦"
    _of(person.email).update(is_active=False)
    assert called(house.office.inst, "o:qin") == "职员 qin"
    assert called(house.office.inst, QINGHE) == "青禾健康"


def test_of_two_who_are_called_the_same_each_has_its_id(house: House) -> None:
    """Nobody is taken for another officer by taking that one's name."""
    _of("bai@demo.invalid").update(name="秘书长秦")
    assert list(called_each(house.office.inst, ("o:qin", "o:bai")).values()) == ["秘书长秦（qin）", "秘书长秦（bai）"]
