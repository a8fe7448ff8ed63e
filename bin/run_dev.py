"""What bin/dev runs inside .venv: web, the database brought up to date, then worker and beat.

Each of them writes to its own log, so that the terminal stays calm. All end together: on Ctrl-C,
on SIGTERM, or when one of them dies.
"""

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HEARD_VAR") or ROOT / "var").resolve()
LOGS = VAR / "log"
PORT = os.environ.get("PORT") or "8000"
ADDRESS = f"http://127.0.0.1:{PORT}"
SECONDS_TO_START = 60
SECONDS_TO_END = 10

PYTHON = sys.executable
CELERY = [PYTHON, "-m", "celery", "--quiet", "--app", "community"]
COMMANDS = {
    "web": [
        *(PYTHON, "-m", "granian", "community.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", PORT, "--workers", "1", "--blocking-threads", "4"),
    ],
    "worker": [*CELERY, "worker", "--pool", "threads", "--concurrency", "4"],
    "beat": [*CELERY, "beat"],
}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def say(sentence: str) -> None:
    """Speak at once, also into a pipe."""
    print(sentence, flush=True)


def require_free_port() -> None:
    """Stop before anything is changed when another program listens on our port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except (OverflowError, ValueError):
            sys.exit(f"PORT={PORT} is not a port. Choose one: PORT=8001 bin/dev")
        except PermissionError:
            sys.exit(f"Port {PORT} needs more rights. Choose another: PORT=8000 bin/dev")
        except OSError:
            sys.exit(f"Port {PORT} is taken. Choose another: PORT={int(PORT) + 1} bin/dev")


def require_own_folder() -> None:
    """Hold var/ until this process ends: two beats over one schedule file would trip each other."""
    LOGS.mkdir(parents=True, exist_ok=True)
    lock = os.open(VAR / "dev.lock", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"Heard runs in {VAR} already. A second one: HEARD_VAR=/another/folder bin/dev")


def end_with_parent() -> None:
    """Have Linux end the child when we are killed without a chance to say so."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """The processes started here, each in a session of its own: Ctrl-C reaches them through us."""

    def __init__(self) -> None:
        self.by_name: dict[str, subprocess.Popen[str]] = {}

    def prepare_database(self) -> str:
        """Migrate and tell the demo story; answer with the words to greet with."""
        child = subprocess.Popen(
            [PYTHON, "-m", "bin.prepare_dev"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        self.by_name["database"] = child
        greeting, _ = child.communicate()
        if child.returncode:
            sys.exit("The database is not ready, so Heard does not start.")
        return greeting

    def start(self, name: str) -> None:
        """Start a process that is to run as long as we do, with a fresh log."""
        with (LOGS / f"{name}.log").open("w") as log:
            self.by_name[name] = subprocess.Popen(
                COMMANDS[name],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def require_alive(self) -> None:
        """Stop, with the last words of the one that died."""
        for name, child in self.by_name.items():
            if name in COMMANDS and child.poll() is not None:
                log = LOGS / f"{name}.log"
                say("\n".join(log.read_text(errors="replace").splitlines()[-20:]))
                sys.exit(f"The {name} process died, so all of it ends. Its log: {log}")

    def end(self) -> None:
        """Let each finish what it is at, then end those that take longer than ten seconds."""
        for child in self.by_name.values():
            child.terminate()
        deadline = time.monotonic() + SECONDS_TO_END
        for child in self.by_name.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)


@contextmanager
def children() -> Iterator[Children]:
    """Processes that are ended however the block is left; further signals cannot cut that short."""
    started = Children()
    try:
        yield started
    finally:
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)
        started.end()


def is_answering() -> bool:
    """Whether the web server serves pages."""
    try:
        with urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2):
            return True
    except OSError:
        return False


def wait_for_answer(started: Children) -> None:
    """Return when the first page can be served."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_answering():
        started.require_alive()
        if time.monotonic() > deadline:
            sys.exit(f"The web server does not answer. Its log: {LOGS / 'web.log'}")
        time.sleep(0.1)


def run() -> None:
    """Run until a signal, or the death of a child, raises its way out."""
    require_free_port()
    require_own_folder()
    with children() as started:
        started.start("web")  # it needs as long to load as the database, and no table before a page
        greeting = started.prepare_database()
        say("Starting web, worker and beat")
        wait_for_answer(started)  # the others would only slow down the first page
        started.start("worker")
        started.start("beat")
        say(f"\nHeard runs at {ADDRESS}\n\n{greeting}")
        say(f"Its mail is shown at {ADDRESS}/dev/mail/, its logs are in {LOGS}")
        say("Ctrl-C ends it and keeps the data")
        while True:
            started.require_alive()
            time.sleep(0.5)


def interrupt(number: int, frame: FrameType | None) -> None:
    """Leave the same way for each of the signals that ask us to end."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    os.environ["HEARD_VAR"] = str(VAR)
    for number in ENDINGS:
        signal.signal(number, interrupt)
    try:
        run()
    except KeyboardInterrupt:
        say("\nHeard has ended; the data is kept")
