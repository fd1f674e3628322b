"""Where a rule holds: China's rules are stricter than, and differ from, the international ones."""

from assistant.knowledge.model import AppliesTo, Statement
from assistant.types import Region


def applies(applies_to: AppliesTo, region: Region | None) -> bool:
    """Whether a rule holds where the asker is; where that is unknown, every rule is shown."""
    if applies_to == "*" or region is None:
        return True
    return (applies_to == "CN") == (region == "CN")


def usable(statement: Statement, region: Region | None) -> bool:
    """Whether a statement is current, sure enough to be said unasked, and holds in the region."""
    current = statement.superseded_by is None and statement.confidence != "low"
    return current and applies(statement.applies_to, region)
