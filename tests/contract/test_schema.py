"""Whatever fits the schema, and much that does not, gets what the schema documents."""

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.settings import Settings
from assistant.web.app import create_app
from tests.web.fake import forgetful

OPERATIONS = [
    pytest.param(path, method, mode, id=f"{method} {path} {mode.value}")
    for path, methods in create_app(forgetful(), Settings()).openapi()["paths"].items()
    for method, operation in methods.items()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE or {"parameters", "requestBody"} & set(operation)
]
bounded = settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="session")
def schema(app: FastAPI, client: TestClient) -> BaseSchema:
    """Schemathesis begins and ends an app with every call; ``client`` keeps this one going."""

    async def begun(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for what in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{what}.complete"})

    return schemathesis.openapi.from_asgi("/openapi.json", begun)


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
def test_responses_are_as_documented(
    schema: BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    operation = schema[path][method]

    @bounded
    @given(st.data())
    def hold(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        # A blank message, or a step that there is not, fits the schema and is still refused.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    hold()
