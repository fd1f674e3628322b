"""What people asked in vain, or got a bad answer to: like questions counted together."""

from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from assistant.listings import Gap
from assistant.memory.tables import FeedbackRow, MessageRow
from assistant.types import Language, Outcome

_COMMENTS = 5
_NOT_COVERED, _CLARIFY = MessageRow.outcome == "not_covered", MessageRow.outcome == "clarify"
_DOWN = FeedbackRow.rating == "down"
_Query = TypeVar("_Query", bound="Select[*tuple[Any, ...]]")


class _Group(NamedTuple):
    asked: str
    questions: int
    not_covered: int
    clarify: int
    down: int
    first: datetime
    last: datetime


def list_gaps(session: Session, limit: int, offset: int) -> tuple[tuple[Gap, ...], int]:
    """A page of the groups, most frequent first, then latest; and how many groups there are."""
    counted = select(
        MessageRow.asked,
        func.count().label("questions"),
        _count(_NOT_COVERED).label("not_covered"),
        _count(_CLARIFY).label("clarify"),
        _count(_DOWN).label("down"),
        func.min(MessageRow.created_at).label("first"),
        func.max(MessageRow.created_at).label("last"),
    )
    groups = _missed(counted).group_by(MessageRow.asked)
    total = session.scalar(select(func.count()).select_from(groups.subquery())) or 0
    frequent = (func.count().desc(), func.max(MessageRow.created_at).desc(), MessageRow.asked)
    page = session.execute(groups.order_by(*frequent).limit(limit).offset(offset)).all()
    return tuple(_gap(session, _Group(*group)) for group in page), total


def _missed(query: _Query) -> _Query:
    joined = query.select_from(MessageRow).outerjoin(
        FeedbackRow, FeedbackRow.message_id == MessageRow.id
    )
    return joined.where(or_(_NOT_COVERED, _CLARIFY, _DOWN))


def _count(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)


def _gap(session: Session, group: _Group) -> Gap:
    alike, newest = MessageRow.asked == group.asked, MessageRow.created_at.desc()
    told = select(MessageRow.question, MessageRow.language, MessageRow.outcome)
    latest = _missed(told).where(alike).order_by(newest, MessageRow.id).limit(1)
    question, language, outcome = session.execute(latest).one()
    comments = _missed(select(FeedbackRow.comment)).where(
        alike, _DOWN, FeedbackRow.comment.is_not(None)
    )
    said = session.scalars(comments.order_by(newest, MessageRow.id).limit(_COMMENTS))
    return Gap(
        question=question,
        language=cast("Language", language),
        count=group.questions,
        not_covered=group.not_covered,
        clarify=group.clarify,
        down=group.down,
        first_seen=group.first,
        last_seen=group.last,
        last_outcome=cast("Outcome", outcome),
        comments=tuple(comment for comment in said if comment is not None),
    )
