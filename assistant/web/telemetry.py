"""What an operator sees of the traffic: figures for Prometheus, and a log line an answer.

Every label has few values: stages, outcomes, engines, routes as templates, statuses, reasons.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import structlog
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assistant.types import Answer, Question, Readiness

EXPOSITION = CONTENT_TYPE_LATEST
_FINE = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_log = structlog.get_logger()


class Telemetry:
    """A registry of its own; nothing is shared between two apps of one process.

    ``log_questions`` puts the text of each question into the log, which holds none otherwise.
    """

    def __init__(self, readiness: Callable[[], Readiness], *, log_questions: bool) -> None:
        self._log_questions = log_questions
        registry = self._registry = CollectorRegistry()
        self.requests = Counter(
            "certpath_requests",
            "Requests answered; 499 where the client went away.",
            ["method", "route", "status"],
            registry=registry,
        )
        self.request_seconds = Histogram(
            "certpath_request_seconds",
            "From the first byte of a request to the last of its response.",
            ["route"],
            buckets=_FINE,
            registry=registry,
        )
        self.stage_seconds = Histogram(
            "certpath_stage_seconds",
            "Time of each stage of an answer; queue is the wait for its turn.",
            ["stage"],
            buckets=_FINE,
            registry=registry,
        )
        self._answers = Counter(
            "certpath_answers",
            "Answers by what became of the question.",
            ["outcome", "engine"],
            registry=registry,
        )
        self.rejected = Counter(
            "certpath_rejected",
            "Requests turned away to protect the service.",
            ["reason"],
            registry=registry,
        )
        self.queue_depth = Gauge(
            "certpath_queue_depth", "Questions that wait for their turn.", registry=registry
        )
        registry.register(_Index(readiness))
        ProcessCollector(registry=registry)

    def answered(self, question: Question, answer: Answer) -> None:
        """Count and log an answer."""
        for stage, milliseconds in answer.timings_ms:
            self.stage_seconds.labels(stage).observe(milliseconds / 1000)
        self._answers.labels(answer.outcome, answer.engine).inc()
        text = {"question": question.text} if self._log_questions else {}
        _log.info(
            "answered",
            outcome=answer.outcome,
            intent=answer.understood.intent,
            language=answer.language,
            engine=answer.engine,
            generation=answer.generation,
            citations=len(answer.citations),
            timings_ms=dict(answer.timings_ms),
            **text,
        )

    def exposition(self) -> bytes:
        """The text format of Prometheus; may block for as long as ``readiness`` does."""
        return generate_latest(self._registry)


class _Index(Collector):
    """Read anew at each scrape, so that a generation no longer served leaves no trace."""

    def __init__(self, readiness: Callable[[], Readiness]) -> None:
        self._readiness = readiness

    def collect(self) -> Iterator[Metric]:
        state = self._readiness()
        yield GaugeMetricFamily(
            "certpath_ready", "1 where questions can be answered.", value=float(state.ready)
        )
        if state.generation is None or state.built_at is None:
            return
        served = InfoMetricFamily("certpath_generation", "The generation that is served.")
        served.add_metric([], {"generation": state.generation})
        yield served
        age = datetime.now(UTC) - datetime.fromisoformat(state.built_at)
        yield GaugeMetricFamily(
            "certpath_index_age_seconds", "Since the index was built.", value=age.total_seconds()
        )

    def describe(self) -> Iterator[Metric]:
        """None: or registering would already ask for the readiness."""
        return iter(())
