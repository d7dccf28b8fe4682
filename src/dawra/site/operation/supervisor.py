"""Starts web and worker from one loaded image, restarts what dies, stops everything on Ctrl-C.

Django is loaded once and then forked: the children share its pages, and a second start needs one import, not three.
Each child leads a process group of its own, so that Ctrl-C reaches the supervisor alone and whatever a child left
behind can be swept away together. A child dies with its supervisor, even by kill -9 (PR_SET_PDEATHSIG).
"""

import ctypes
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

WATCHED = {signal.SIGINT, signal.SIGTERM, signal.SIGCHLD}
PR_SET_PDEATHSIG = 1
GRACE = {signal.SIGINT: 4.0, signal.SIGTERM: 8.0}  # seconds from the request to the kill
LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps dying


@dataclass
class Child:
    """work runs in the child until it has to stop; returning or raising ends the child."""

    name: str
    work: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    deaths: int = 0
    start_again: float = field(default=0.0)


class Supervisor:
    def __init__(
        self,
        children: Sequence[Child],
        *,
        tick: Callable[[], None] = lambda: None,
        longest_pause: float = LONGEST_PAUSE,
    ) -> None:
        """tick runs about ten times a second between looks at the children."""
        self.children = list(children)
        self.tick = tick
        self.longest_pause = longest_pause

    def run(self) -> int:
        """Returns 0 after a requested stop."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        gc.collect()
        gc.freeze()  # what is loaded stays where it is, so that its pages remain shared
        for child in self.children:
            self._start(child)
        while True:
            said = signal.sigtimedwait(WATCHED, 0.1)
            if said is not None and said.si_signo in GRACE:
                self._stop(GRACE[signal.Signals(said.si_signo)])
                return 0
            self._reap()
            for child in self.children:
                if not child.pid and time.monotonic() >= child.start_again:
                    self._start(child)
            self.tick()

    def _start(self, child: Child) -> None:
        pid = os.fork()
        if pid == 0:
            _become(child)
        child.pid, child.started = pid, time.monotonic()

    def _reap(self) -> None:
        for child in self.children:
            if not child.pid:
                continue
            gone, status = os.waitpid(child.pid, os.WNOHANG)
            if not gone:
                continue
            _sweep(child.pid)
            lived = time.monotonic() - child.started
            child.deaths = 1 if lived > 60 else child.deaths + 1
            pause = 0.0 if child.deaths == 1 else min(2.0 ** (child.deaths - 2), self.longest_pause)
            child.start_again = time.monotonic() + pause
            child.pid = 0
            code = os.waitstatus_to_exitcode(status)
            print(f"dawra: {child.name} ended ({code}), starting it again", file=sys.stderr, flush=True)

    def _stop(self, grace: float) -> None:
        for child in self.children:
            if child.pid:
                _send(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + grace
        alive = [child for child in self.children if child.pid]
        while alive and time.monotonic() < deadline:
            alive = [child for child in alive if os.waitpid(child.pid, os.WNOHANG)[0] == 0]
            time.sleep(0.02)
        for child in self.children:
            if child.pid:
                _sweep(child.pid)
        for child in alive:
            os.waitpid(child.pid, 0)


def _become(child: Child) -> None:
    """In the child: a group of its own, plain signals, and an end with the parent's end."""
    code = 1
    try:
        os.setpgid(0, 0)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        for number in GRACE:
            signal.signal(number, signal.SIG_DFL)
        die_with_parent()
        os.register_at_fork(after_in_child=die_with_parent)
        child.work()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except KeyboardInterrupt:
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def die_with_parent() -> None:
    """Ask Linux to send SIGTERM when the parent dies; elsewhere nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def _sweep(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
