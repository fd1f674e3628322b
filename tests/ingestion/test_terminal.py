import io

from rich.console import Console

from assistant.ingestion.terminal import SECONDS_BETWEEN_LINES, Bar, Lines


def test_a_log_gets_a_line_now_and_then_and_every_notice() -> None:
    out, now = io.StringIO(), 0.0
    lines = Lines(Console(file=out, width=20), lambda: now)
    lines.step("embedding")
    lines.begin(100)
    lines.advance(10)
    now += SECONDS_BETWEEN_LINES
    lines.advance(10)
    lines.advance(10)
    lines.notice("[The cache] is damaged and made anew.")
    lines.stop()
    assert out.getvalue().splitlines() == [
        "Embedded 20 of 100 texts.",
        "[The cache] is damaged and made anew.",
    ]


def test_a_terminal_gets_a_bar_that_is_gone_in_the_end() -> None:
    out = io.StringIO()
    bar = Bar(Console(file=out, width=80, force_terminal=True))
    bar.step("embedding")
    bar.begin(100)
    bar.advance(40)
    bar.notice("[The cache] is damaged.")
    bar.stop()
    assert "Embedding" in out.getvalue()
    assert "40/100" in out.getvalue()
    assert "[The cache] is damaged." in out.getvalue()
