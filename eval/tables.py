"""Figures as Markdown tables that also line up in a terminal. Never the text of a question."""

from collections.abc import Sequence

from eval.intervals import Estimate
from eval.metrics import Result
from eval.totals import Totals, by, proportion, total, triples_equal

_HEADINGS = ("questions", "all right", "outcome", "lead", "facts", "ids", "precision")


def tables(results: Sequence[Result]) -> str:
    """Overall, by intent, by language and by file, with 95 % intervals."""
    parts = [
        table(("of all questions", "value", "measured on"), _overall(results)),
        _by("intent", {key: total(g) for key, g in by(lambda r: r.asked.intent, results).items()}),
        _by(
            "language",
            {key: total(g) for key, g in by(lambda r: r.asked.language, results).items()},
        ),
        _by("file", {key: total(g) for key, g in by(lambda r: r.asked.file, results).items()}),
    ]
    return "\n".join(parts)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column is text, the others are figures."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    rule = [f"{'-' * (width - bool(i))}{':' * bool(i)}" for i, width in enumerate(widths)]
    lines = [
        f"| {cells[0]:<{widths[0]}} | "
        + " | ".join(f"{c:>{w}}" for c, w in zip(cells[1:], widths[1:], strict=True))
        + " |"
        for cells in (headings, rule, *rows)
    ]
    return "\n".join(lines) + "\n"


def percent(estimate: Estimate | None) -> str:
    """``63 (59-67)``, in percent; ``-`` where nothing was measured."""
    if estimate is None:
        return "-"
    return f"{estimate.value:.0%} ({estimate.low:.0%}-{estimate.high:.0%})".replace("%", "")


def _overall(results: Sequence[Result]) -> list[tuple[str, str, str]]:
    t = total(results)
    rows = {
        "all right, %": t.all_right,
        "outcome right, %": t.outcome,
        "first sentence right, %": t.lead,
        "all facts cited, %": t.facts,
        "facts cited, mean %": t.facts_share,
        "all ids named, %": t.ids,
        "id recall, mean %": t.recall,
        "id precision, mean %": t.precision,
        "answered though it must not be, %": t.negatives_answered,
        "triples with same outcome and ids, %": proportion(triples_equal(results, strict=False)),
        "triples with same statements too, %": proportion(triples_equal(results, strict=True)),
    }
    found = [(name, percent(e), str(e.n if e else 0)) for name, e in rows.items()]
    return [
        *found,
        ("ids named in an answer, mean", _number(t.items), str(t.items.n if t.items else 0)),
    ]


def _by(name: str, groups: dict[str, Totals]) -> str:
    rows = [
        (
            key,
            str(t.n),
            *map(percent, (t.all_right, t.outcome, t.lead, t.facts, t.ids, t.precision)),
        )
        for key, t in groups.items()
    ]
    return table((f"%, by {name}", *_HEADINGS), rows)


def _number(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    return f"{estimate.value:.1f} ({estimate.low:.1f}-{estimate.high:.1f})"
