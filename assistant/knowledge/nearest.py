"""The ids nearest to one that does not exist: its siblings, and what they are part of."""

import re
from collections.abc import Mapping

from assistant.knowledge.model import Entity

_FAMILY = re.compile(r"[A-Z]*-?")
_SIBLINGS, _MOST = 2, 3


def nearest(identifier: str, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """At most three ids of the same kind; ``identifier`` is well formed, as ``8.9``, ``S14``."""
    *outer, last = identifier.split(".")
    while outer and ".".join(outer) not in entities:
        last = outer.pop()
    around = ".".join(outer)
    family = _family(last)
    siblings = sorted(
        (
            entity_id
            for entity_id in entities
            if _parent(entity_id) == around and _family(_last(entity_id)) == family
        ),
        key=lambda entity_id: abs(_number(_last(entity_id)) - _number(last)),
    )
    return (*siblings[:_SIBLINGS], around) if around else tuple(siblings[:_MOST])


def _parent(entity_id: str) -> str:
    return entity_id.rpartition(".")[0]


def _last(entity_id: str) -> str:
    return entity_id.rpartition(".")[2]


def _family(part: str) -> str:
    found = _FAMILY.match(part)
    return found.group() if found else ""


def _number(part: str) -> int:
    digits = re.sub(r"\D", "", part)
    return int(digits) if digits else 0
