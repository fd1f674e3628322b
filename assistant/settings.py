"""Settings, read from the environment (prefix ``ASSISTANT_``) and from ``.env``."""

import math
import os
from pathlib import Path
from typing import Annotated, Literal, Self

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import InvalidInput

ROOT = Path(__file__).resolve().parent.parent
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=600)]


class Settings(BaseSettings):
    """Every setting has a default that works offline on a small machine."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_", env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: Port = Field(8000, description="Port the server listens on.")
    corpus_dir: Path = Field(ROOT / "corpus", description="Folder of the knowledge files.")
    data_dir: Path = Field(ROOT / "data", description="Folder for the index and other data.")
    cache_dir: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("certpath"),
        description="Folder where the bundled model is unpacked.",
    )
    embedding_model: str = Field(
        "bundled",
        description="`bundled`, a folder, or a name that sentence-transformers knows.",
        min_length=1,
    )
    offline: bool = Field(
        True, description="Never connect anywhere; `false` lets a named model be fetched."
    )
    answers_at_once: Annotated[int, Field(ge=1, le=64)] = Field(
        8, description="Questions answered at the same time."
    )
    answers_waiting: Annotated[int, Field(ge=0, le=10_000)] = Field(
        32, description="Questions that may wait for their turn; further ones get 503 at once."
    )
    queue_seconds: Seconds = Field(5.0, description="Longest wait for its turn, then 503.")
    embed_seconds: Seconds = Field(5.0, description="Longest wait for an embedding, then 503.")
    answer_seconds: Seconds = Field(
        20.0, description="Longest work on an answer after its turn has come, then 503."
    )
    rate_limit: str = Field(
        "auto",
        pattern=r"^(auto|off|[1-9][0-9]*/(second|minute|hour))$",
        description="Requests below `/api` of one client, such as `60/minute`, or `off`; `auto` "
        "is `120/minute`, and `off` where only this machine can connect.",
    )
    trusted_proxies: str = Field(
        "none",
        description="Addresses or networks of the proxies, with commas between them, whose "
        "`X-Forwarded-For` is believed.",
    )
    log_questions: bool = Field(
        False, description="Write the text of questions to the log, which holds none otherwise."
    )
    database_url: SecretStr | None = Field(
        None,
        description="`postgresql://…` or `sqlite:///file`; else `certpath.db` in the data folder.",
    )
    retention_days: Annotated[int, Field(ge=0, le=36_500)] | Literal["forever"] = Field(
        90,
        description="Days a conversation is kept after its last message, or `forever`; "
        "`0`: until an hour has passed without one.",
    )
    admin_token: Annotated[SecretStr, Field(min_length=16)] | None = Field(
        None,
        description="Opens `/api/admin/` to who sends it as a bearer token; "
        "at least 16 characters. Without it there is no such address.",
    )
    log_level: Annotated[str, Field(pattern="^(debug|info|warning|error)$")] = Field(
        "info", description="`debug`, `info`, `warning` or `error`."
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("postgresql://", "sqlite:///")):
            raise ValueError("only postgresql:// and sqlite:/// are supported")
        return url

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def rate(self) -> str | None:
        """The rate limit in force."""
        if self.rate_limit != "auto":
            return None if self.rate_limit == "off" else self.rate_limit
        alone = self.host in ("localhost", "127.0.0.1", "::1") and self.proxies is None
        return None if alone else "120/minute"

    @property
    def proxies(self) -> str | None:
        """The trusted ones, as uvicorn takes them."""
        return None if self.trusted_proxies == "none" else self.trusted_proxies

    @property
    def shutdown_seconds(self) -> int:
        """How long running answers get when the server is told to stop."""
        return math.ceil(self.queue_seconds + self.answer_seconds) + 5

    @property
    def kept_days(self) -> int | None:
        """None for ever."""
        return None if self.retention_days == "forever" else self.retention_days

    @property
    def conversations_url(self) -> str:
        """May hold a password."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'certpath.db').absolute()}"

    def prepare_libraries(self) -> Self:
        """Write the variables that libraries read when imported: offline, and no telemetry.

        Call before anything imports sentence-transformers, chromadb or LangChain. OpenMP's idle
        threads are told to sleep early: they spin by default, and one busy neighbour then makes a
        query take 920 ms instead of 17 (docs/decisions/0001-openmp-spinning.md).
        """
        hub_offline = "1" if self.offline else "0"
        os.environ.update(
            {
                "HF_HUB_OFFLINE": hub_offline,
                "TRANSFORMERS_OFFLINE": hub_offline,
                "HF_HUB_DISABLE_TELEMETRY": "1",
                "HF_HUB_DISABLE_PROGRESS_BARS": "1",
                "DO_NOT_TRACK": "1",
                "ANONYMIZED_TELEMETRY": "False",
                "LANGSMITH_TRACING": "false",
                "LANGCHAIN_TRACING_V2": "false",
                "TOKENIZERS_PARALLELISM": "false",
            }
        )
        os.environ.setdefault("GOMP_SPINCOUNT", "10000")
        return self


def read_settings() -> Settings:
    """Raises InvalidInput, which names each setting at fault and never its value: it may be a
    secret."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [f"ASSISTANT_{f['loc'][0]}".upper() + f": {f['msg']}" for f in error.errors()]
        raise InvalidInput("\n".join(faults), "The README lists the settings.") from None
