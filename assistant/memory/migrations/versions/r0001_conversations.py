"""Conversations, messages, feedback and cited passages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("region", sa.String(8)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    _messages()
    op.create_table(
        "feedback",
        _message_id("fk_feedback_message"),
        sa.Column("rating", sa.String(4), nullable=False, index=True),
        sa.Column("comment", sa.Text),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kept", sa.JSON, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    passage = sa.ForeignKey("passages.id", name="fk_cited_passage")
    op.create_table(
        "cited",
        _message_id("fk_cited_message"),
        sa.Column("passage_id", sa.Text, passage, primary_key=True, index=True),
    )


def _messages() -> None:
    conversation = sa.ForeignKey(
        "conversations.id", name="fk_messages_conversation", ondelete="CASCADE"
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("conversation_id", sa.String(64), conversation, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("region", sa.String(8)),
        sa.Column("language", sa.String(8)),
        sa.Column("outcome", sa.String(16)),
        sa.Column("answer", sa.JSON),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("conversation_id", "position", name="uq_messages_position"),
    )
    pending = sa.text("state = 'pending'")
    op.create_index(
        "uq_messages_pending",
        "messages",
        ["conversation_id"],
        unique=True,
        sqlite_where=pending,
        postgresql_where=pending,
    )
    op.create_index("ix_messages_outcome_asked", "messages", ["outcome", "asked"])


def _message_id(name: str) -> sa.Column[str]:
    message = sa.ForeignKey("messages.id", name=name, ondelete="CASCADE")
    return sa.Column("message_id", sa.String(64), message, primary_key=True)
