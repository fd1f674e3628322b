"""Save conversations and index to a file, and put them back: ``python backup.py save FILE``."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assistant.archiving import Backup, restore, save
from assistant.errors import CertpathError, InvalidInput
from assistant.memory.database import database_url
from assistant.settings import Settings, read_settings

FAILED, WRONG = 1, 2
app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
File = Annotated[Path, typer.Argument(help="The archive, a .tar.gz.", dir_okay=False)]
Yes = Annotated[bool, typer.Option("--yes", help="Replace what is there.")]


@app.command("save")
def save_command(
    file: File,
    yes: Yes = False,
    index_only: Annotated[
        bool, typer.Option("--index-only", help="Leave the conversations out.")
    ] = False,
) -> None:
    """Save the conversations and the current index; the server may run."""
    try:
        settings = read_settings()
        database = None if index_only else _database(settings)
        if file.exists() and not yes:
            raise InvalidInput(f"{file} exists already.", "Add --yes to replace it.")
        _say("Saved", save(file, settings.index_dir, database, datetime.now(UTC)))
    except CertpathError as error:
        _fail(error)


@app.command("restore")
def restore_command(file: File, yes: Yes = False) -> None:
    """Check an archive, then put back what it holds; the server must not run."""
    try:
        settings = read_settings()
        database = _database(settings)
        there = [path for path in (database, settings.index_dir) if path.exists()]
        if there and not yes:
            names = " and ".join(map(str, there))
            raise InvalidInput(f"{names} would be replaced.", "Add --yes if they may be lost.")
        _say("Restored", restore(file, settings.index_dir, database))
    except CertpathError as error:
        _fail(error)


def _database(settings: Settings) -> Path:
    """Raises InvalidInput for PostgreSQL, which has tools of its own."""
    url = database_url(settings.conversations_url)
    if url.get_backend_name() != "sqlite":
        raise InvalidInput(
            "The conversations are in PostgreSQL, which this cannot back up.",
            "Use pg_dump and pg_restore for them, and `save --index-only` for the index.",
        )
    return Path(str(url.database))


def _say(done: str, backup: Backup) -> None:
    kept = backup.conversations
    parts = [] if kept is None else [f"{kept} conversation{'' if kept == 1 else 's'}"]
    parts += [f"index {generation}" for generation in backup.generations]
    sys.stdout.write(f"{done}: {', '.join(parts)}. Made {backup.made_at}.\n")


def _fail(error: CertpathError) -> None:
    told = f"{error.message}\n{error.hint}\n" if error.hint else f"{error.message}\n"
    sys.stderr.write(told)
    raise typer.Exit(WRONG if isinstance(error, InvalidInput) else FAILED) from error


if __name__ == "__main__":
    app()
