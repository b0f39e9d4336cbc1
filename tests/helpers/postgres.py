"""A PostgreSQL server of the tests' own: Debian's, on loopback, in a folder that goes with it."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_USER = "postgres"  # root may not run the server; Debian's package brings this user


def program(name: str) -> str | None:
    """A program of the server: Debian puts it beside no path."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join(map(str, homes))) or shutil.which(name)


class Server:
    """A running server; `url` is for SQLAlchemy."""

    def __init__(self, *settings: str) -> None:
        self.home = Path(tempfile.mkdtemp())
        self.as_user: Mapping[str, object] = {"cwd": "/"}
        if os.getuid() == 0:
            shutil.chown(self.home, _USER, _USER)
            self.as_user = {"cwd": "/", "user": _USER, "group": _USER, "extra_groups": []}
        self._run("initdb", "--no-sync", "-A", "trust", "-U", _USER, "-E", "UTF8", "--locale=C")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"postgresql+psycopg://{_USER}@127.0.0.1:{self.port}/postgres"
        self._settings = (
            "listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.home}",
            "max_connections=40", *settings,
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        """Run it; after `kill`, as soon as what it had started has ended, too."""
        options = " ".join(f"-c {setting}" for setting in self._settings)
        words = (
            "start",
            "--wait",
            "--silent",
            "--log",
            str(self.home / "log"),
            "--options",
            options,
        )
        for _ in range(20):
            try:
                return self._run("pg_ctl", *words)
            except subprocess.CalledProcessError as error:
                failed = error
        raise failed

    def kill(self) -> None:
        """End it as a power cut would end its processes: at once, with nothing said."""
        os.kill(int((self.home / "data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode", "immediate", "--silent")
        shutil.rmtree(self.home, ignore_errors=True)

    def _run(self, name: str, *words: str) -> None:
        subprocess.run(
            [str(program(name)), "-D", str(self.home / "data"), *words],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **self.as_user,
        )  # type: ignore[call-overload]  # fmt: skip


@cache
def server() -> Server:
    """The one server of this process; it ends with it. That what is committed is on the disk is
    not asked of it (see test_faults)."""
    started = Server("fsync=off", "synchronous_commit=off", "full_page_writes=off")
    atexit.register(started.stop)
    return started
