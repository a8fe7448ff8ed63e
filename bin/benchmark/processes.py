"""What a tree of processes has used: time of the processor, and memory."""

from __future__ import annotations

import os
import re
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """The process and all below it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (stat := _read(folder / "stat")):
            above = int(stat.rsplit(")", 1)[1].split()[1])
            children.setdefault(above, []).append(int(folder.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(root: int) -> float:
    """Seconds of the processor that the tree has used, and those of its children that ended."""
    total = 0
    for pid in tree(root):
        if stat := _read(Path(f"/proc/{pid}/stat")):
            total += sum(map(int, stat.rsplit(")", 1)[1].split()[11:15]))
    return total / TICK


def memory(root: int) -> tuple[int, float]:
    """How many processes the tree has, and the MiB of the biggest at its peak."""
    peaks = []
    for pid in tree(root):
        found = re.search(r"VmHWM:\s+(\d+)", _read(Path(f"/proc/{pid}/status")))
        peaks += [int(found[1]) / 1024] if found else []
    return len(peaks), max(peaks, default=0.0)


def _read(path: Path) -> str:
    """The file's text; nothing where the process has ended."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
