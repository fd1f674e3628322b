"""What a client says that it takes: the headers Accept and Accept-Language."""

from collections.abc import Iterator

EVENTS = "text/event-stream"


def weighted(header: str) -> Iterator[tuple[float, str]]:
    """Weight (0..1) and value of each part, in lower case; a part that makes no sense is passed."""
    for part in header.split(","):
        value, *parameters = part.split(";")
        named = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
        try:
            yield float(named.get("q", "1")), value.strip().lower()
        except ValueError:
            continue


def wants_events(header: str) -> bool:
    """Whether a stream of events is asked for by name, and JSON not more so."""
    weights = {value: weight for weight, value in weighted(header)}
    events = weights.get(EVENTS, 0.0)
    return events > 0 and events >= weights.get("application/json", 0.0)
