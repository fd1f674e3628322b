"""What the store gives out. Everything is immutable."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.types import Answer, KeptPassage, Question, Region

State = Literal["pending", "done", "failed"]
Rating = Literal["up", "down"]
Reply = tuple[Answer, tuple[KeptPassage, ...]]
"""An answer, and the passages it cites."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message being answered; ``question`` holds the conversation before it and its region."""

    conversation_id: str
    message_id: str
    question: Question


@dataclass(frozen=True, slots=True)
class Feedback:
    rating: Rating
    comment: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """``answer`` is there once the state is ``done``."""

    id: str
    state: State
    question: str
    region: Region | None
    created_at: datetime
    answered_at: datetime | None
    answer: Answer | None
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Messages oldest first."""

    id: str
    region: Region | None
    created_at: datetime
    updated_at: datetime
    messages: tuple[Message, ...]
