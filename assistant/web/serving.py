"""What routes ask of the app."""

from typing import Annotated, cast

from fastapi import Depends, Request

from assistant.web.backend import Backend


async def _backend(request: Request) -> Backend:
    return cast("Backend", request.app.state.backend)


Serving = Annotated[Backend, Depends(_backend)]
