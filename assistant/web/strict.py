"""JSON as the contract means it: UTF-8 only, and no NaN or Infinity."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute


def _refuse(constant: str) -> None:
    raise json.JSONDecodeError(f"{constant} is not JSON", "", 0)


class _StrictRequest(Request):
    async def json(self) -> Any:
        """Any ValueError becomes a 400."""
        return json.loads((await self.body()).decode("utf-8"), parse_constant=_refuse)


class StrictRoute(APIRoute):
    """Reads bodies with ``_StrictRequest``; Starlette's own takes UTF-16 and NaN too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(_StrictRequest(request.scope, request.receive))

        return strict
