from __future__ import annotations

import pytest

from tests.conftest import Invoke


@pytest.fixture(autouse=True)
def _with_the_extra() -> None:
    pytest.importorskip("uvicorn", reason="no uvicorn (pip install -e '.[serve]')")


def test_a_header_of_a_proxy_is_for_corrections(invoke: Invoke) -> None:
    done = invoke("serve", "--user-header", "x-user")
    assert done.exit_code == 2
    assert "add --edit" in done.stderr


def test_a_token_that_is_no_secret_is_refused(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_EDIT_TOKEN", "short")
    done = invoke("serve", "--edit")
    assert done.exit_code == 2
    assert "too short" in done.stderr
    assert "short " not in done.stdout
