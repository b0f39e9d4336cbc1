"""Runs scripts of this folder one after the other, each in a process forked from this one, which
has loaded already what takes seconds to load. Arguments: the modules to load.

Each line of standard input is a JSON list: the script, its arguments, its standard input. For each
it prints a JSON list: the exit status, what the script printed, and what it said of errors.
"""

import importlib
import io
import json
import os
import runpy
import sys
import tempfile
import traceback


def child(script, arguments, files):
    """The script, as if it had been started by itself; never returns."""
    status = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file.fileno(), number)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False), encoding="utf-8")
        sys.argv = [script, *arguments]
        runpy.run_path(script, run_name="__main__")
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def ran(script, arguments, stdin):
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as told, \
            tempfile.TemporaryFile() as wrong:  # fmt: skip
        asked.write(stdin.encode())
        asked.seek(0)
        one = os.fork()
        if one == 0:
            child(script, arguments, (asked, told, wrong))
        status = os.waitstatus_to_exitcode(os.waitpid(one, 0)[1])
        for file in (told, wrong):
            file.seek(0)
        return [status, told.read().decode(), wrong.read().decode()]


for name in sys.argv[1:]:
    importlib.import_module(name)
for line in sys.stdin:
    print(json.dumps(ran(*json.loads(line))), flush=True)
