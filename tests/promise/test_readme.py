"""The README shows the answer that its first question really gets."""

import re

import pytest
from starlette.testclient import TestClient

from assistant.settings import ROOT
from tests.promise.asking import ask

pytestmark = pytest.mark.slow


def test_first_answer_is_printed_as_it_is(client: TestClient) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    asked = re.search(r'"message": "([^"]+)"', readme)
    printed = re.search(r"<!-- first answer -->\n```\n(.*?)\n```", readme, re.DOTALL)
    assert asked
    assert printed
    assert ask(client, asked[1])["answer"] == printed[1]
