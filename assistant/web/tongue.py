"""Which language to speak to a caller in."""

from typing import Annotated, Final

from fastapi import Depends, Request

from assistant.language import detect
from assistant.types import Language
from assistant.web.accept import weighted

DEFAULT: Final[Language] = "zh-Hans"
_LANGUAGES: Final[dict[object, Language]] = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}
_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


def accepted(header: str) -> Language | None:
    """The best of an Accept-Language header that Certpath speaks; None if there is none."""
    for weight, tag in sorted(weighted(header), key=lambda pair: -pair[0]):
        language = _spoken(tag)
        if weight > 0 and language:
            return language
    return None


def _spoken(tag: str) -> Language | None:
    primary, *rest = tag.split("-")
    if primary == "en":
        return "en"
    if primary != "zh":
        return None
    return "zh-Hant" if "hans" not in rest and _TRADITIONAL.intersection(rest) else "zh-Hans"


async def reader_language(request: Request, language: Language | None = None) -> Language:
    """Of a GET: what it asks for, else what its client accepts."""
    chosen = language or accepted(request.headers.get("accept-language", "")) or DEFAULT
    request.state.language = chosen
    return chosen


ReaderLanguage = Annotated[Language, Depends(reader_language)]


def of_fault(request: Request, body: object = None) -> Language:
    """The language of an error: asked for, accepted, or that of the message; ``body`` as parsed."""
    known = getattr(request.state, "language", None)
    fields = body if isinstance(body, dict) else {}
    for wanted in (known, fields.get("language"), request.query_params.get("language")):
        if isinstance(wanted, str) and wanted in _LANGUAGES:
            return _LANGUAGES[wanted]
    spoken = accepted(request.headers.get("accept-language", ""))
    message = fields.get("message")
    if spoken is None and isinstance(message, str):
        return detect(message.encode("utf-8", "replace").decode())
    return spoken or DEFAULT
