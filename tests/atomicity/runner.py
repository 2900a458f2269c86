"""Publishes in another process while strace watches it, or breaks one of its system calls."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import IO

ROOT = Path(__file__).resolve().parents[2]
_CALL = re.compile(r"^(\w+)\(")


@dataclass(frozen=True, slots=True)
class Site:
    """One system call of a run: the `when`-th call of this name."""

    call: str
    when: int

    def broken(self, how: str) -> tuple[str, ...]:
        """Options of strace that break it: `signal=KILL`, `error=ENOSPC` …"""
        return ("-e", f"trace={self.call}", "-e", f"inject={self.call}:{how}:when={self.when}")

    def __str__(self) -> str:
        return f"{self.call} no. {self.when}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: `exit 0`, `signal 9` …, and the sentence it told."""

    end: str
    sentence: str
    log: tuple[str, ...] = ()


class Runner:
    """Talks to one `driver`."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._driver = subprocess.Popen(
            [sys.executable, "-m", "tests.atomicity.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            encoding="utf-8",
        )
        if self._line() != "ready":
            raise RuntimeError("the driver did not start")

    def publish(self, out: Path, variant: str, *options: str) -> Outcome:
        """One run; with options of strace, under its eyes. Raises PermissionError where strace may not watch."""
        self._tell(f"{out} {variant}")
        number = self._line()
        tracer = self._watch(number, options) if options else None
        self._tell("go")
        end, sentence = self._line(), ""
        if not end.startswith(("exit", "signal")):
            end, sentence = self._line(), end
        if tracer is None:
            return Outcome(end, sentence)
        tracer.communicate(timeout=60)
        return Outcome(end, sentence, tuple(self._log.read_text(encoding="utf-8").splitlines()))

    def sites(self, out: Path, variant: str) -> list[Site]:
        """Every system call of a run that names `out`, something in it, or a file opened there."""
        outcome = self.publish(out, variant, "-e", "trace=all")
        if outcome.end != "exit 0":
            raise RuntimeError(outcome.end)
        seen: Counter[str] = Counter()
        found = []
        for entry in outcome.log:
            if call := _CALL.match(entry):
                seen[call[1]] += 1
                if str(out) in entry:
                    found.append(Site(call[1], seen[call[1]]))
        return found

    def close(self) -> None:
        """End the driver."""
        self._driver.communicate("\n", timeout=60)

    def _watch(self, number: str, options: tuple[str, ...]) -> subprocess.Popen[str]:
        command = ["strace", "-y", "-o", str(self._log), "-s", "4096", *options, "-p", number]
        tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        greeting = _stream(tracer.stderr).readline()
        if "attached" not in greeting:
            tracer.communicate(timeout=60)
            self._tell("go")
            self._line()
            raise PermissionError(greeting.strip())
        return tracer

    def _tell(self, text: str) -> None:
        stream = _stream(self._driver.stdin)
        stream.write(f"{text}\n")
        stream.flush()

    def _line(self) -> str:
        return _stream(self._driver.stdout).readline().rstrip("\n")


def _stream(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
