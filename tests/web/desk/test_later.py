"""On the pages: what a later release brings is said to be missing, and the desk offers the acts that adopt and bind it."""

from __future__ import annotations

import pytest

from support import later
from web.conftest import House


def test_a_later_package_is_offered_where_interpretations_are(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one question for each rule it adds; nobody reads a value that does not hold."""
    from gongyue.web.acting.models import Draft

    client, act = house.client("qin@demo.invalid"), "/acts/new/interpretation.supplement/1/"
    assert act not in client.get("/desk/interpretations/").content.decode()
    later.bring(monkeypatch)
    assert f'href="{act}"' in client.get("/desk/interpretations/").content.decode()
    form = client.get(act).content.decode()
    assert 'name="other.P21"' in form and 'name="other.bulletin.times"' in form
    assert 'name="other.P2"' not in form
    client.post(act, {"other.P21": "45", "signers": "o:mo"})
    assert Draft.objects.get().body == {"package": later.LATEST, "other": {"P21": 45}}
    page = client.get("/covenant/interpretations/").content.decode()
    assert "尚未通过，不适用" in page
    assert "后出的解释包所增，尚未通过，不适用" in client.get("/covenant/").content.decode()
    assert "后出的解释包所增，尚未通过，不适用" in client.get("/covenant/18/").content.decode()
    assert 'value="P21"' not in client.get("/acts/new/interpretation.issue/1/").content.decode()


def test_a_new_capability_is_said_to_be_unbound_and_offered(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the covenant's page and among the steps of the founding."""
    client, act = house.client("qin@demo.invalid"), 'href="/acts/new/founding.supplement/1/"'
    assert act not in client.get("/desk/founding/").content.decode()
    later.bring_capabilities(monkeypatch)
    page = client.get("/desk/founding/").content.decode()
    assert act in page and "补充绑定软件新增的事项" in page
    assert "后出的条款目录所增，尚未绑定，不执行" in client.get("/covenant/").content.decode()
    assert client.get("/acts/new/founding.supplement/1/").status_code == 200
