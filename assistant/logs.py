"""Structured log lines on standard error: ours through structlog, libraries' in the same form."""

import logging
import sys

import structlog
from structlog.typing import Processor


def configure(level: str) -> None:
    """From ``level`` (``debug`` to ``error``) up; libraries from warning up, the web server too.

    One JSON object a line, or coloured text where standard error is a terminal. What is bound
    with ``structlog.contextvars``, the request id for one, stands in every line.
    """
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_rendering())
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(least, logging.WARNING))
    for ours in ("assistant", "uvicorn"):
        logging.getLogger(ours).setLevel(least)


def _rendering() -> list[Processor]:
    plain: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if sys.stderr.isatty():
        return [*plain, structlog.dev.ConsoleRenderer()]
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    return [*plain, structlog.processors.format_exc_info, as_json]
