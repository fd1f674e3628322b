"""Passages that stored messages cite: kept as they were, once each, until nothing cites them."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from pydantic import TypeAdapter
from sqlalchemy import Insert, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from assistant.errors import NotFound
from assistant.memory.tables import CitedRow, MessageRow, PassageRow
from assistant.types import KeptPassage

_KEPT = TypeAdapter(KeptPassage)


def keep(session: Session, message_id: str, cited: Sequence[KeptPassage], now: datetime) -> None:
    """Inserted in the order of ids, so that two messages cannot wait for each other."""
    unique = {one.passage.id: one for one in cited}
    if not unique:
        return
    rows = [
        {"id": key, "kept": _KEPT.dump_python(unique[key], mode="json"), "kept_at": now}
        for key in sorted(unique)
    ]
    session.execute(_upsert(session), rows)  # in one go: a statement each took most of the time
    session.add_all(CitedRow(message_id=message_id, passage_id=row["id"]) for row in rows)


def kept(session: Session, passage_id: str) -> KeptPassage:
    """Raises NotFound."""
    row = session.get(PassageRow, passage_id)
    if row is None:
        raise NotFound("No passage has this id.", "Ask again: the answer cites what is current.")
    return _KEPT.validate_python(row.kept)


def cited_in(session: Session, conversation_id: str) -> Sequence[str]:
    """Ids of the passages that a conversation cites, locked against being kept once more."""
    query = (
        select(PassageRow.id)
        .where(
            PassageRow.id.in_(
                select(CitedRow.passage_id)
                .join(MessageRow, MessageRow.id == CitedRow.message_id)
                .where(MessageRow.conversation_id == conversation_id)
            )
        )
        .order_by(PassageRow.id)
        .with_for_update()
    )
    return session.scalars(query).all()


def drop_uncited(session: Session, passage_ids: Sequence[str]) -> None:
    """Those that nothing cites any more."""
    still = select(CitedRow.passage_id).where(CitedRow.passage_id == PassageRow.id).exists()
    session.execute(delete(PassageRow).where(PassageRow.id.in_(passage_ids), ~still))


def _upsert(session: Session) -> Insert:
    """An update even of what is there: it holds the row, so that nobody drops it meanwhile."""
    table = cast("Table", PassageRow.__table__)
    if session.get_bind().dialect.name == "sqlite":
        into = sqlite.insert(table)
        newer = {"kept_at": into.excluded.kept_at}
        return into.on_conflict_do_update(index_elements=["id"], set_=newer)
    other = postgresql.insert(table)
    return other.on_conflict_do_update(
        index_elements=["id"], set_={"kept_at": other.excluded.kept_at}
    )
