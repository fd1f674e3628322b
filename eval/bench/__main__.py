"""Embed, ingest, start, ask: one run, so that its figures can be compared with each other.

The machine is noisy: compare ratios, and figures of one run only.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

import yaml

from assistant.index.embedding import Embedder
from assistant.knowledge.loading import load_corpus
from assistant.knowledge.passages import build_passages
from assistant.services import build_embedder
from assistant.settings import ROOT, Settings
from eval.bench.commands import Ingested, Server, ingest, serving
from eval.bench.load import TOGETHER, Figures, measure

_SAMPLE = 200


def main() -> None:
    settings = Settings()
    unchanged = ingest()
    embedder = build_embedder(settings, lambda _: None)
    rate = _passages_a_second(settings, embedder)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "bench.db") as server:
        figures = measure(server.port, embedder, _questions())
        resident = server.resident_mib()
    embedder.close()
    _say(_table(figures))
    _say(_throughput(figures))
    _say(_started(server, resident))
    _say(_ingested(unchanged, rate))


def _passages_a_second(settings: Settings, embedder: Embedder) -> float:
    """Of passages from all over the corpus, which is what a first ingest spends its time on."""
    passages = build_passages(load_corpus(settings.corpus_dir))
    sample = [passage.text for passage in passages[:: len(passages) // _SAMPLE][:_SAMPLE]]
    embedder.warm_up()
    begun = time.perf_counter()
    embedder.embed_all("passage", sample, lambda _: None)
    return len(sample) / (time.perf_counter() - begun)


def _questions() -> list[str]:
    content = (ROOT / "eval" / "questions" / "management.yaml").read_text("utf-8")
    return [question["text"] for question in yaml.safe_load(content)]


def _table(figures: Figures) -> str:
    """Ratios are to the embedding alone."""
    unit = statistics.median(figures.rows["embedding alone"])
    lines = [f"{'':30}{'p50 ms':>9}{'p95 ms':>9}{'p50 / embedding':>17}"]
    for name, values in figures.rows.items():
        p50, p95 = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        lines.append(f"{name:30}{p50:9.1f}{p95:9.1f}{p50 / unit:17.2f}")
    return "\n".join(lines)


def _throughput(figures: Figures) -> str:
    questions, embedding = figures.rates["questions"], figures.rates["embedding"]
    return (
        f"{TOGETHER} at once: {questions:.1f} questions/s; the batched embedding alone "
        f"{embedding:.1f}/s; ratio {questions / embedding:.2f}"
    )


def _started(server: Server, resident: float) -> str:
    return (
        f"cold start: live after {server.live:.1f} s, ready after {server.ready:.1f} s\n"
        f"resident memory of the server: {resident:.0f} MiB"
    )


def _ingested(ingested: Ingested, rate: float) -> str:
    kind = "first" if ingested.published else "unchanged"
    return (
        f"first ingest: {rate:.0f} passages/s, by a sample of {_SAMPLE}\n"
        f"{kind} ingest: {ingested.seconds:.1f} s, "
        f"torch {'imported' if ingested.torch else 'not imported'}"
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
