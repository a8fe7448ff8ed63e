"""The one table that a run of the benchmark ends with."""

from __future__ import annotations

from typing import Any

HEAD = (
    *("page", "scale", "req/s 1 / 16", "× constant", "p50 ms 1 / 16", "p95 ms 1 / 16"),
    *("CPU ms server + database", "goal", "CPU × constant", "SQL", "bytes", "gzip", "growth"),
)
NOTHING = "–"


def table(results: dict[str, dict[str, Any]], scales: list[str], goals: dict[str, float]) -> str:
    """Each page once for each scale; growth is its CPU over that at the first scale."""
    lines = ["| " + " | ".join(HEAD) + " |", "|---|---|" + "--:|" * (len(HEAD) - 2)]
    names = list(dict.fromkeys(name for scale in scales for name in results.get(scale, {})))
    for name in names:
        first = results.get(scales[0], {}).get(name)
        for scale in scales:
            if found := results.get(scale, {}).get(name):
                lines.append(_line(name, scale, found, first, goals.get(name)))
    return "\n".join(lines)


def _line(
    name: str, scale: str, found: dict[str, Any], first: dict[str, Any] | None, goal: float | None
) -> str:
    if found["fault"]:
        return f"| {name} | {scale} | {found['fault']} |" + f" {NOTHING} |" * (len(HEAD) - 3)
    at, constant = found["at"], found["constant"]
    few, many = min(at, key=int), max(at, key=int)
    cpu = at[few]["server"] + at[few]["database"]
    ratio = cpu / constant[few]["cpu"] if constant[few]["cpu"] else 0.0
    cells = [
        name,
        scale,
        f"{at[few]['rate']:.0f} / {at[many]['rate']:.0f}",
        f"{at[many]['rate'] / constant[many]['rate']:.3f}",
        f"{at[few]['p50']:.1f} / {at[many]['p50']:.1f}",
        f"{at[few]['p95']:.1f} / {at[many]['p95']:.1f}",
        f"{at[few]['server']:.1f} + {at[few]['database']:.1f} = {cpu:.1f}",
        _goal(cpu, goal),
        f"{ratio:.1f}",
        f"{found['statements']:.1f}",
        f"{found['bytes']:,}",
        f"{found['packed']:,}",
        _growth(ratio, first, found),
    ]
    bad = sum(each["bad"] for each in at.values())
    return "| " + " | ".join(cells) + " |" + (f" {bad:.0f} bad answers" if bad else "")


def _goal(cpu: float, goal: float | None) -> str:
    if goal is None:
        return NOTHING
    return f"{goal:g}" if cpu <= goal else f"**{goal:g}**"


def _growth(ratio: float, first: dict[str, Any] | None, found: dict[str, Any]) -> str:
    """How many times the cost at the first scale, each measured against its own constant string."""
    if first is None or first is found or first["fault"]:
        return NOTHING
    few = min(first["at"], key=int)
    then = first["at"][few]["server"] + first["at"][few]["database"]
    then /= first["constant"][few]["cpu"]
    return f"{ratio / then:.2f}" if then else NOTHING
