"""Conversations, their messages and feedback, and the passages that messages cite."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from assistant.errors import (
    ConversationBusy,
    ConversationUnknown,
    NotFound,
    StorageUnavailable,
    Unavailable,
)
from assistant.listings import Gap
from assistant.memory import passages, rows
from assistant.memory.database import Database
from assistant.memory.gaps import list_gaps
from assistant.memory.migrating import migrate
from assistant.memory.records import Conversation, Rating, Reply, Turn
from assistant.memory.tables import ConversationRow, FeedbackRow, MessageRow
from assistant.types import Answer, KeptPassage, Question, Region

LEASE = timedelta(seconds=90)  # longer than any answer takes
_REMEMBERED = 8  # answered messages that a question is asked with
_SWEPT_AT_ONCE = 100


class Store:
    """Every method is one transaction, blocks, and is safe from several threads and processes.

    All may raise StorageUnavailable; what was written before a method returned is on the disk.
    ``clock`` gives aware times, ``new_id`` ids that cannot be guessed. A message that has been
    pending for longer than ``lease`` is held to be left behind by a process that died.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
        lease: timedelta = LEASE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id
        self._lease = lease

    def open(self) -> None:
        """Create the tables or bring them up to date; raises StorageError if they are too new."""
        migrate(self._database)

    def check(self) -> None:
        """Raises StorageUnavailable where the database does not answer."""
        self._database.check()

    def close(self) -> None:
        self._database.close()

    def begin(self, question: Question, conversation_id: str | None = None) -> Turn:
        """Put down a message as pending, in a new conversation or in the one given.

        The turn's question has the conversation's history, and its region where none is given.
        Raises ConversationUnknown, and ConversationBusy while another message is pending there.
        """
        now = self._clock()
        with self._database.writing() as session:
            conversation = self._conversation(session, conversation_id, now)
            self._free(session, conversation.id, now)
            history = rows.history(session, conversation.id, _REMEMBERED)
            region = question.region or cast("Region | None", conversation.region)
            conversation.region, conversation.updated_at = region, now
            message = MessageRow(
                id=self._new_id(),
                conversation_id=conversation.id,
                position=rows.next_position(session, conversation.id),
                state="pending",
                question=question.text,
                asked=rows.asked(question.text),
                region=region,
                created_at=now,
            )
            session.add(message)
            return Turn(conversation.id, message.id, rows.continued(question, history, region))

    def settle(self, turn: Turn, work: Callable[[], Reply]) -> Answer:
        """The answer that ``work`` gives, once it is kept; the message is given up if it raises.

        Raises what ``work`` raises, and what :meth:`finish` does.
        """
        try:
            answer, cited = work()
        except BaseException:
            with suppress(StorageUnavailable):  # the lease runs out all the same
                self.fail(turn)
            raise
        self.finish(turn, answer, cited)
        return answer

    def finish(self, turn: Turn, answer: Answer, cited: Sequence[KeptPassage]) -> None:
        """Keep the answer with the passages it cites.

        Raises ConversationUnknown where the conversation was deleted meanwhile, Unavailable where
        the message has been given up.
        """
        now = self._clock()
        with self._database.writing() as session:
            conversation = _locked(session, turn.conversation_id)
            message = session.get_one(MessageRow, turn.message_id)
            if message.state != "pending":
                raise Unavailable("The answer came too late.", "Ask again.")
            conversation.updated_at = now
            message.state, message.answered_at = "done", now
            message.outcome, message.language = answer.outcome, answer.language
            message.answer = rows.stored_answer(answer)
            passages.keep(session, turn.message_id, cited, now)

    def fail(self, turn: Turn) -> None:
        """Give a message up, if it is still pending."""
        with self._database.writing() as session:
            session.execute(
                update(MessageRow)
                .where(MessageRow.id == turn.message_id, MessageRow.state == "pending")
                .values(state="failed")
            )

    def conversation(self, conversation_id: str) -> Conversation:
        """Raises ConversationUnknown."""
        with self._database.reading() as session:
            query = select(ConversationRow).where(ConversationRow.id == conversation_id)
            everything = selectinload(ConversationRow.messages).selectinload(MessageRow.feedback)
            row = session.scalars(query.options(everything)).one_or_none()
            if row is None:
                raise ConversationUnknown("No conversation has this id.")
            return rows.conversation(row)

    def delete(self, conversation_id: str) -> None:
        """With its messages, feedback, and passages cited only there.

        Raises ConversationUnknown.
        """
        with self._database.writing() as session:
            _delete(session, _locked(session, conversation_id))
        self._database.forget()

    def rate(self, message_id: str, rating: Rating, comment: str | None = None) -> None:
        """The latest rating counts. Raises NotFound for what is no answered message."""
        with self._database.writing() as session:
            message = session.get(MessageRow, message_id, with_for_update=True)
            if message is None or message.state != "done":
                raise NotFound("No answer has this id.")
            session.merge(
                FeedbackRow(
                    message_id=message_id,
                    rating=rating,
                    comment=comment,
                    created_at=self._clock(),
                )
            )

    def passage(self, passage_id: str) -> KeptPassage:
        """A passage that some message cites; raises NotFound."""
        with self._database.reading() as session:
            return passages.kept(session, passage_id)

    def gaps(self, *, limit: int, offset: int = 0) -> tuple[tuple[Gap, ...], int]:
        """Questions without an answer or with a bad mark, most frequent first; and how many."""
        with self._database.reading() as session:
            return list_gaps(session, limit, offset)

    def sweep(self, idle: timedelta) -> int:
        """Delete conversations in which nothing has happened for so long; how many there were.

        Each is a transaction of its own, so that nobody waits for long.
        """
        before, deleted = self._clock() - idle, 0
        while found := self._idle(before):
            for conversation_id in found:
                with self._database.writing() as session:
                    _delete(session, _locked(session, conversation_id))
                deleted += 1
        if deleted:
            self._database.forget()
        return deleted

    def _idle(self, before: datetime) -> Sequence[str]:
        query = (
            select(ConversationRow.id)
            .where(ConversationRow.updated_at < before)
            .order_by(ConversationRow.updated_at)
            .limit(_SWEPT_AT_ONCE)
        )
        with self._database.reading() as session:
            return session.scalars(query).all()

    def _conversation(
        self, session: Session, conversation_id: str | None, now: datetime
    ) -> ConversationRow:
        if conversation_id is not None:
            return _locked(session, conversation_id)
        row = ConversationRow(id=self._new_id(), created_at=now, updated_at=now)
        session.add(row)
        session.flush()
        return row

    def _free(self, session: Session, conversation_id: str, now: datetime) -> None:
        """Raises ConversationBusy while a message is pending, unless its process has died."""
        query = select(MessageRow).where(
            MessageRow.conversation_id == conversation_id, MessageRow.state == "pending"
        )
        for message in session.scalars(query):
            if message.created_at > now - self._lease:
                raise ConversationBusy("A message of this conversation is being answered.")
            message.state = "failed"
        session.flush()


def _locked(session: Session, conversation_id: str) -> ConversationRow:
    """Conversations are locked before messages, and those before passages.

    Raises ConversationUnknown.
    """
    row = session.get(ConversationRow, conversation_id, with_for_update=True)
    if row is None:
        raise ConversationUnknown("No conversation has this id.")
    return row


def _delete(session: Session, row: ConversationRow) -> None:
    cited = passages.cited_in(session, row.id)
    session.delete(row)
    session.flush()
    passages.drop_uncited(session, cited)
