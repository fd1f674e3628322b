"""The addresses of the API: each a dependency or two, and one call."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response

from assistant.exporting.ics import calendar
from assistant.listings import Listing, Onward, Role, Step
from assistant.types import Readiness
from assistant.web.accept import EVENTS, wants_events
from assistant.web.asked import ChatRequest
from assistant.web.chat import reply
from assistant.web.desk import Desk
from assistant.web.documents import DocumentList, document_list
from assistant.web.faults import documented
from assistant.web.queries import DatesAsked, DocumentsAsked, NextAsked
from assistant.web.sending import streamed, whole
from assistant.web.serving import Serving
from assistant.web.strict import StrictRoute
from assistant.web.telemetry import EXPOSITION, Telemetry
from assistant.web.tongue import ReaderLanguage
from assistant.web.wire import ChatResponse, Live, SourceOut, source_out

router = APIRouter(route_class=StrictRoute, responses=documented(405, 500))


async def _desk(request: Request) -> Desk:
    return cast("Desk", request.app.state.desk)


async def _telemetry(request: Request) -> Telemetry:
    return cast("Telemetry", request.app.state.telemetry)


async def _asked(request: Request, body: ChatRequest) -> ChatRequest:
    """Kept beside the request, so that an error can be told in the asker's language."""
    request.state.asked = body
    return body


Turns = Annotated[Desk, Depends(_desk)]
Figures = Annotated[Telemetry, Depends(_telemetry)]
Asked = Annotated[ChatRequest, Depends(_asked)]


_CALENDAR = "text/calendar"
_STREAM = "`start`, a `delta` for each checked sentence, then `done` (the response) or `error`."


@router.post(
    "/api/chat",
    response_model=ChatResponse,
    responses={
        200: {"content": {EVENTS: {"schema": {"type": "string", "description": _STREAM}}}},
        **documented(400, 404, 409, 413, 422, 429, 503),
    },
)
async def chat(
    request: Request, backend: Serving, desk: Turns, figures: Figures, asked: Asked
) -> Response:
    """Answer one question, with citations that can be opened; streamed where Accept asks for it."""
    send = streamed if wants_events(request.headers.get("accept", "")) else whole
    return await send(request, desk, partial(reply, backend, figures, asked))


@router.get("/api/sources/{passage_id:path}", responses=documented(404, 422, 429, 503))
def source(backend: Serving, passage_id: str, language: ReaderLanguage) -> SourceOut:
    """Open the passage of a citation; the id is URL-encoded."""
    return source_out(backend.passage(passage_id, language))


@router.get("/api/process", responses=documented(422, 429, 503))
def process(backend: Serving, language: ReaderLanguage) -> Listing[Step]:
    """List the steps of the road in order, with their parts and what comes before each."""
    return backend.process(language)


@router.get("/api/process/next", responses=documented(422, 429, 503))
def next_steps(backend: Serving, asked: NextAsked, language: ReaderLanguage) -> Onward:
    """Tell which steps can start, given those that are done or stuck."""
    return backend.next_steps(asked.progress(), asked.region, language)


@router.get("/api/roles/{role_id}", responses=documented(404, 422, 429, 503))
def role(backend: Serving, role_id: str, language: ReaderLanguage) -> Role:
    """Show a role: its duties, the steps it takes part in, the documents it owns."""
    return backend.role(role_id, language)


@router.get("/api/documents", responses=documented(422, 429, 503))
def documents(backend: Serving, asked: DocumentsAsked, language: ReaderLanguage) -> DocumentList:
    """List documents and records, all or those that pass every filter."""
    return document_list(backend.documents(asked.wanted(), language))


@router.get(
    "/api/dates.ics",
    response_class=Response,
    responses={
        200: {"content": {_CALENDAR: {"schema": {"type": "string"}}}},
        **documented(422, 429, 503),
    },
)
def dates(backend: Serving, asked: DatesAsked, language: ReaderLanguage) -> Response:
    """Fetch the days by which surveillance and recertification are due, as a calendar."""
    deadlines = backend.dates(asked.given(), asked.region, language)
    headers = {"Content-Disposition": 'attachment; filename="certpath.ics"'}
    return Response(calendar(deadlines, datetime.now(UTC)), headers=headers, media_type=_CALENDAR)


@router.get("/health/live")
async def live() -> Live:
    """Tell that the process runs."""
    return Live()


@router.get("/health/ready", responses={503: {"model": Readiness, "description": "Not ready."}})
def ready(backend: Serving, response: Response) -> Readiness:
    """Tell whether questions can be answered now."""
    readiness = backend.readiness()
    response.status_code = 200 if readiness.ready else 503
    return readiness


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {EXPOSITION: {"schema": {"type": "string"}}}}},
)
def metrics(figures: Figures) -> Response:
    """Figures for Prometheus."""
    return Response(figures.exposition(), headers={"Content-Type": EXPOSITION})
