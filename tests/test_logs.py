"""Log lines as a machine reads them."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from assistant import logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    for name in ("assistant", "uvicorn"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_ours_and_libraries_lines_are_json_with_what_is_bound(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("info")
    structlog.contextvars.bind_contextvars(request_id="r-1")
    structlog.get_logger("assistant.x").info("answered", outcome="answered", name="审核\nx")
    logging.getLogger("uvicorn.error").warning("closing %s", "now")
    ours, theirs = lines(capsys)
    assert ours["event"] == "answered"
    assert (ours["level"], ours["name"], ours["request_id"]) == ("info", "审核\nx", "r-1")
    assert theirs["event"] == "closing now"
    assert (theirs["level"], theirs["request_id"]) == ("warning", "r-1")
    assert ours["timestamp"].endswith("Z")


def test_a_traceback_is_one_field_of_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("warning")
    try:
        raise KeyError("missing")
    except KeyError:
        logging.getLogger("uvicorn.error").exception("failed")
    (line,) = lines(capsys)
    assert "KeyError: 'missing'" in line["exception"]


def test_libraries_are_quiet_below_warning_and_ours_below_the_level(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure("debug")
    logging.getLogger("chromadb").info("chatter")
    structlog.get_logger("assistant.x").debug("wanted")
    logs.configure("error")
    structlog.get_logger("assistant.x").warning("not wanted")
    assert [line["event"] for line in lines(capsys)] == ["wanted"]
