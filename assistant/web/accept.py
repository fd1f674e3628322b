"""What a client says that it takes: the headers Accept and Accept-Language."""

from collections.abc import Iterator

EVENTS, CSV = "text/event-stream", "text/csv"


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
    """Whether a stream of events is asked for, rather than JSON."""
    return wants(EVENTS, header)


def wants(media_type: str, header: str) -> bool:
    """Whether it is asked for by name, and JSON not more so."""
    weights = {value: weight for weight, value in weighted(header)}
    asked = weights.get(media_type, 0.0)
    return asked > 0 and asked >= weights.get("application/json", 0.0)
