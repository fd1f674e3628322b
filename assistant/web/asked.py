"""What a caller may send to ``POST /api/chat``."""

import unicodedata
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.memory.records import Rating
from assistant.types import Language, Progress, Question, Region

LONGEST_MESSAGE = 4000
_ALLOWED_CONTROLS = "\t\n\r"
_UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))  # categories that leave no ink


def checked_message(raw: str) -> str:
    """The text in NFC, or a complaint whose ``type`` is a key of ``texts.COMPLAINTS``."""
    text = unicodedata.normalize("NFC", raw)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise PydanticCustomError("lone_surrogate", "lone surrogates are not allowed")
    if any(character < " " and character not in _ALLOWED_CONTROLS for character in text):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    if all(unicodedata.category(character) in _UNSEEN for character in text):
        raise PydanticCustomError("blank", "the message is blank")
    if len(text) > LONGEST_MESSAGE:
        raise PydanticCustomError("message_too_long", "the message is too long")
    return text


Message = Annotated[
    str,
    AfterValidator(checked_message),
    Field(
        description="Counted in code points after NFC. Control characters other than tab and "
        "line breaks, lone surrogates and blank texts are refused.",
        json_schema_extra={"minLength": 1, "maxLength": LONGEST_MESSAGE},
    ),
]
StoredId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
StepId = Annotated[str, Field(pattern=r"^[SC][1-9][0-9]?(\.([1-9][0-9]?|[a-z]))?$")]
StepIds = Annotated[tuple[StepId, ...], Field(max_length=200)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskedProgress(Strict):
    """Step ids such as ``S8`` or ``S2.3``."""

    done: StepIds
    stuck: StepIds = ()


class ChatRequest(Strict):
    """A question and what is known about the asker."""

    message: Message
    conversation_id: StoredId | None = None
    language: Literal["auto"] | Language = "auto"
    region: Region | None = None
    mode: Literal["answer"] = "answer"
    progress: AskedProgress | None = None
    collections: Annotated[
        tuple[Literal["certpath"], ...] | None, Field(min_length=1, max_length=1)
    ] = None

    def question(self) -> Question:
        progress = self.progress or AskedProgress(done=())
        return Question(
            text=self.message,
            language=None if self.language == "auto" else self.language,
            region=self.region,
            progress=Progress(done=progress.done, stuck=progress.stuck),
        )


class FeedbackRequest(Strict):
    """What a reader thinks of an answer."""

    rating: Rating
    comment: Message | None = None
