"""The command line, run in this process."""

from __future__ import annotations

from typer.testing import CliRunner

from diversion_flow.cli.app import app

RUN = CliRunner()


def run(*words: str) -> tuple[int, str]:
    done = RUN.invoke(app, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output
