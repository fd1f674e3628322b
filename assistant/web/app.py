"""The application: a backend behind HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from assistant import __version__
from assistant.settings import Settings
from assistant.web import admin, conversations, faults
from assistant.web.backend import Backend
from assistant.web.desk import Desk
from assistant.web.middleware import BodyLimit, Envelope
from assistant.web.rate_limit import RateLimit
from assistant.web.request_log import RequestLog
from assistant.web.routes import router
from assistant.web.telemetry import Telemetry

_STATIC = Path(__file__).with_name("static")
_DESCRIPTION = """Answers, with citations, about getting certified to ISO/IEC 20000-1.

Every error, also at an unknown address, has the shape of `FaultBody`, and every response an
`X-Request-ID`. Bodies are JSON in UTF-8, up to 64 KiB."""


def create_app(backend: Backend, settings: Settings) -> FastAPI:
    """The app starts ``backend`` when it starts to serve, and closes it at the end."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        backend.start()
        try:
            yield
        finally:
            app.state.desk.close()
            await run_in_threadpool(backend.close)

    app = FastAPI(
        title="Certpath",
        version=__version__,
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # both would load their scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.backend = backend
    app.state.settings = settings
    telemetry = Telemetry(backend.readiness, log_questions=settings.log_questions)
    app.state.telemetry = telemetry
    app.state.desk = Desk(settings, telemetry)
    app.add_middleware(BodyLimit)  # innermost
    if settings.rate is not None:
        app.add_middleware(RateLimit, rate=settings.rate)
    app.add_middleware(Envelope)
    app.add_middleware(RequestLog, telemetry=telemetry)
    faults.install(app)
    app.include_router(router)
    app.include_router(conversations.router)
    app.include_router(admin.router)
    _add_page(app)
    return app


def _add_page(app: FastAPI) -> None:
    files = StaticFiles(directory=_STATIC)
    app.mount("/static", files)

    @app.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def page(request: Request) -> Response:
        return await files.get_response("index.html", request.scope)
