"""What an operator reads with the token: questions asked in vain, as JSON or for a spreadsheet."""

import csv
import io
import secrets
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import Field

from assistant.errors import NotFound, Unauthorized
from assistant.listings import Gap, Gaps
from assistant.settings import Settings
from assistant.types import Language
from assistant.web.accept import CSV, wants
from assistant.web.asked import Strict
from assistant.web.faults import documented
from assistant.web.serving import Serving
from assistant.web.strict import StrictRoute
from assistant.web.tongue import ReaderLanguage

router = APIRouter(route_class=StrictRoute, responses=documented(405, 500))
_bearer = HTTPBearer(auto_error=False, description="`ASSISTANT_ADMIN_TOKEN`")
_COLUMNS = (
    "question", "language", "count", "not_covered", "clarify", "down", "first_seen", "last_seen",
    "last_outcome",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class GapQuery(Strict):
    """``language`` is that of the statements; it is read by ``tongue.reader_language``."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    language: Language | None = None


async def _operator(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Raises Unauthorized; and NotFound where no token is set: then there is nothing to enter."""
    token = cast("Settings", request.app.state.settings).admin_token
    if token is None:
        raise NotFound("There is no operator's part without a token.")
    sent = given.credentials if given else ""
    if not secrets.compare_digest(sent.encode(), token.get_secret_value().encode()):
        raise Unauthorized("The token is missing or wrong.")


_ERRORS = documented(401, 404, 422, 429, 503)


@router.get(
    "/api/admin/gaps",
    dependencies=[Depends(_operator)],
    response_model=Gaps,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}, **_ERRORS},
)
def gaps(
    request: Request,
    backend: Serving,
    asked: Annotated[GapQuery, Query()],
    language: ReaderLanguage,
) -> Gaps | Response:
    """List what was asked in vain or got a bad mark, most frequent first; as CSV on request."""
    found = backend.gaps(asked.limit, asked.offset, language)
    return _csv(found) if wants(CSV, request.headers.get("accept", "")) else found


@router.get(
    "/api/admin/gaps.csv",
    dependencies=[Depends(_operator)],
    response_class=Response,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}, **_ERRORS},
)
def gaps_csv(
    backend: Serving, asked: Annotated[GapQuery, Query()], language: ReaderLanguage
) -> Response:
    """The same for a spreadsheet: UTF-8 with a byte order mark, one question a row."""
    return _csv(backend.gaps(asked.limit, asked.offset, language))


def _csv(found: Gaps) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*_COLUMNS, "nearest", "comments"))
    writer.writerows([_safe(cell) for cell in _row(gap)] for gap in found.items)
    headers = {"Content-Disposition": 'attachment; filename="gaps.csv"'}
    content = text.getvalue().encode("utf-8-sig")
    return Response(content, headers=headers, media_type=f"{CSV}; charset=utf-8")


def _row(gap: Gap) -> tuple[str, ...]:
    nearest = "\n".join(f"{said.id} {said.text}" for said in gap.nearest)
    return (
        gap.question,
        gap.language,
        *(str(n) for n in (gap.count, gap.not_covered, gap.clarify, gap.down)),
        gap.first_seen.isoformat(),
        gap.last_seen.isoformat(),
        gap.last_outcome,
        nearest,
        "\n".join(gap.comments),
    )


def _safe(cell: str) -> str:
    """Spreadsheets run what begins like a formula, even after spaces; not after an apostrophe."""
    return f"'{cell}" if cell.lstrip(" \u3000\ufeff").startswith(_FORMULA) else cell
