"""Settings to services to app to uvicorn, nothing else."""

import sys

import uvicorn
from fastapi import FastAPI

from assistant.errors import InvalidInput
from assistant.services import Services, build_embedder, configure_logging
from assistant.settings import Settings, read_settings
from assistant.web.app import create_app


def main() -> None:
    try:
        settings = read_settings()
    except InvalidInput as error:
        sys.exit(f"{error.message}\n{error.hint}")
    configure_logging(settings)
    services = Services(settings, build_embedder(settings, print))
    serve(create_app(services, settings), settings)


def serve(app: FastAPI, settings: Settings) -> None:
    """Until the process is told to stop; running answers are finished then."""
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        log_config=None,
        access_log=False,
        proxy_headers=settings.proxies is not None,
        forwarded_allow_ips=settings.proxies,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


if __name__ == "__main__":
    main()
