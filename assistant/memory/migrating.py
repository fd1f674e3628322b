"""Bringing a database to the tables of this version."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from assistant.errors import StorageError
from assistant.memory.database import Database

_STEPS = "assistant.memory:migrations"


def newest() -> str:
    """The revision of this version's tables."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise StorageError("The migrations are missing from this installation.")
    return head


def known() -> frozenset[str]:
    """All revisions up to this version's."""
    script = ScriptDirectory.from_config(_config())
    return frozenset(step.revision for step in script.walk_revisions())


def migrate(database: Database) -> bool:
    """Apply the steps not applied yet; whether there were any.

    One process does, all at once or none, while others wait. Raises StorageError for a database
    that a newer version has changed, StorageUnavailable where it cannot be reached.
    """
    config = _config()
    with database.migrating() as connection:
        there = MigrationContext.configure(connection).get_current_revision()
        if there == newest():
            return False
        if there is not None and there not in known():
            raise StorageError(
                f"The database is at revision {there}, which this version does not know.",
                "Run the version that wrote it, or restore a backup made with this one.",
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", _STEPS)
    config.set_main_option("path_separator", "os")
    return config
