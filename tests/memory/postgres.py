"""A PostgreSQL server of the tests' own: its data in a temporary folder, reached by a socket file."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DEBIAN = Path("/usr/lib/postgresql")  # not on the path there
_OTHER = "postgres"  # the server refuses to run as root


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


class Server:
    """Running; each database it hands out is new and empty."""

    def __init__(self, programs: Path, folder: str) -> None:
        self._programs = programs
        self._folder = folder
        self._count = 0

    def database(self) -> str:
        """The URL of an empty one."""
        self._count += 1
        name = f"test{self._count}"
        _run(self._programs, "createdb", "-h", self._folder, "-U", "test", name)
        return f"postgresql://test@/{name}?host={self._folder}"


@contextmanager
def postgresql(programs: Path) -> Iterator[Server]:
    """A fresh server, which listens on no address; it is stopped afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        if os.geteuid() == 0:
            owner = pwd.getpwnam(_OTHER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = f"{folder}/data"
        _run(programs, "initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-c listen_addresses='' -k {folder} -c fsync=off"
        start = ("-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
        _run(programs, "pg_ctl", *start)
        try:
            yield Server(programs, folder)
        finally:
            _run(programs, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _run(programs: Path, program: str, *arguments: str) -> None:
    command = [str(programs / program), *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={_OTHER}", f"--regid={_OTHER}", "--clear-groups", *command]
    subprocess.run(
        command, check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
