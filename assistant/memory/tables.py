"""The tables. A change here needs a migration; a test holds both against each other."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

_ID = String(64)


class Utc(TypeDecorator[datetime]):
    """Aware times, stored in UTC; SQLite has no time zones of its own."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Every column is typed by its ``Mapped`` annotation."""

    type_annotation_map = {  # noqa: RUF012 - as SQLAlchemy reads it
        str: Text(),
        datetime: Utc(),
        dict[str, Any]: JSON(none_as_null=True),
    }


class ConversationRow(Base):
    """``region`` was given once and holds on; ``updated_at`` is when something last happened."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    region: Mapped[str | None] = mapped_column(String(8))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    messages: Mapped[list["MessageRow"]] = relationship(
        order_by="MessageRow.position", passive_deletes="all"
    )


class MessageRow(Base):
    """``asked`` is the digest that like questions share; ``answer`` is whole.

    The partial index lets a conversation have one pending message at most.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "position", name="uq_messages_position"),
        Index(
            "uq_messages_pending",
            "conversation_id",
            unique=True,
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_messages_outcome_asked", "outcome", "asked"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id", name="fk_messages_conversation", ondelete="CASCADE")
    )
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    question: Mapped[str]
    asked: Mapped[str] = mapped_column(_ID)
    region: Mapped[str | None] = mapped_column(String(8))
    language: Mapped[str | None] = mapped_column(String(8))
    outcome: Mapped[str | None] = mapped_column(String(16))
    answer: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    feedback: Mapped["FeedbackRow | None"] = relationship(passive_deletes="all")


class FeedbackRow(Base):
    """The latest word of the reader on one answer."""

    __tablename__ = "feedback"

    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", name="fk_feedback_message", ondelete="CASCADE"),
        primary_key=True,
    )
    rating: Mapped[str] = mapped_column(String(4), index=True)
    comment: Mapped[str | None]
    created_at: Mapped[datetime]


class PassageRow(Base):
    """A cited passage, once however often it is cited."""

    __tablename__ = "passages"

    id: Mapped[str] = mapped_column(primary_key=True)
    kept: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]


class CitedRow(Base):
    """Which message cites which passage."""

    __tablename__ = "cited"

    message_id: Mapped[str] = mapped_column(
        ForeignKey("messages.id", name="fk_cited_message", ondelete="CASCADE"), primary_key=True
    )
    passage_id: Mapped[str] = mapped_column(
        ForeignKey("passages.id", name="fk_cited_passage"), primary_key=True, index=True
    )
