"""The benchmark: every page at every scale, beside a constant string of the same server."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bin.benchmark.measuring import Bench
from bin.benchmark.pages import CONSTANT, KEPT, Page, pages_of
from bin.benchmark.processes import memory
from bin.benchmark.servers import ROOT, Cache, Cluster, Web, environment, manage
from bin.benchmark.table import table

BEGIN, END = "<!-- bin/bench -->", "<!-- /bin/bench -->"
FRESH, CACHED = {"PAGE_CACHE_SECONDS": "0"}, {"PAGE_CACHE_SECONDS": "30"}


def say(sentence: str) -> None:
    """Progress, apart from the table."""
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", file=sys.stderr, flush=True)


class Session:
    """One run of the benchmark over all scales; what is measured is written down at once."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.folder = Path(given.folder).resolve()
        self.kept = self.folder / "results.json"
        self.results: dict[str, dict[str, Any]] = {}
        self.goals: dict[str, float] = {}
        self.notes: list[str] = []
        if given.resume and self.kept.exists():
            self.results = json.loads(self.kept.read_text())

    def run(self) -> None:
        """Measure each scale, and write the table after each."""
        with ExitStack() as stack:
            cluster = stack.enter_context(Cluster(self.folder / "postgres"))
            cache = stack.enter_context(Cache())
            for scale in self.given.scales:
                self._scale(scale, cluster, cache)
                self._write()

    def _scale(self, scale: str, cluster: Cluster, cache: Cache) -> None:
        pristine, working = f"heard_{scale}", f"heard_{scale}_run"
        known = environment(self.folder, database_url="", redis_url=cache.url)
        self._load(scale, pristine, cluster, known)
        say(f"Copying scale {scale}, so that the loaded one stays as it is")
        cluster.copy(pristine, working)
        known["DATABASE_URL"] = cluster.url_of(working)
        say("Making members, sessions and a digest")
        command = [sys.executable, "-m", "bin.benchmark.prepare"]
        made = subprocess.run(command, cwd=ROOT, env=known, check=True, stdout=subprocess.PIPE)
        places = json.loads(made.stdout)
        with Web(self.folder / "fresh", known | FRESH) as fresh:
            self._measure(scale, Bench(fresh, cluster, working, places), is_kept=False)
            self._remember_memory(scale, fresh)
        with Web(self.folder / "cached", known | CACHED) as cached:
            self._measure(scale, Bench(cached, cluster, working, places), is_kept=True)
        cluster.ask("postgres", f"DROP DATABASE {working} WITH (FORCE)")

    def _load(self, scale: str, name: str, cluster: Cluster, known: dict[str, str]) -> None:
        """The scale, once, under the tables of today."""
        known = known | {"DATABASE_URL": cluster.url_of(name)}
        loaded = self.folder / f"{name}.loaded"
        if not loaded.exists() and cluster.has(name):
            cluster.ask("postgres", f"DROP DATABASE {name} WITH (FORCE)")
        if not cluster.has(name):
            cluster.ask("postgres", f"CREATE DATABASE {name}")
            manage(known, "collectstatic", "--noinput", "-v0")
            manage(known, "migrate", "-v0")
            say(f"Loading scale {scale}")
            manage(known, "load_scale", "--scale", scale)
            loaded.touch()
        manage(known, "collectstatic", "--noinput", "-v0")
        manage(known, "migrate", "-v0")

    def _measure(self, scale: str, bench: Bench, *, is_kept: bool) -> None:
        pages = pages_of(bench.places)
        constant = next(page for page in pages if page.name == CONSTANT)
        wanted = [page for page in pages if (page.reader == KEPT) == is_kept and self._wants(page)]
        done = self.results.setdefault(scale, {})
        for number, page in enumerate(wanted, start=1):
            if page.goal is not None:
                self.goals[page.key] = page.goal
            if self.given.resume and page.key in done:
                continue
            found = bench.measure(
                page, constant, seconds=self.given.seconds, clients=self.given.clients
            )
            done[page.key] = found.to_json()
            self.kept.write_text(json.dumps(self.results, indent=1))
            say(f"{scale} {number}/{len(wanted)}  {page.key}: {_summary(done[page.key])}")

    def _wants(self, page: Page) -> bool:
        return bool(re.search(self.given.only, page.key))

    def _remember_memory(self, scale: str, web: Web) -> None:
        if web.process is not None:
            number, peak = memory(web.process.pid)
            self.notes.append(f"scale {scale}: {number} processes, the biggest {peak:.0f} MiB")

    def _write(self) -> None:
        load, cores = os.getloadavg()[0], os.cpu_count()
        text = table(self.results, self.given.scales, self.goals)
        lines = [text, "", *self.notes, f"{cores} cores, load {load:.1f}"]
        self.given.out.parent.mkdir(parents=True, exist_ok=True)
        self.given.out.write_text("\n".join(lines) + "\n")
        if self.given.into:
            _put_into(self.given.into, "\n".join(lines))


def _summary(found: dict[str, Any]) -> str:
    if found["fault"]:
        return str(found["fault"])
    few = found["at"][min(found["at"], key=int)]
    cpu = few["server"] + few["database"]
    return f"{cpu:.1f} ms of CPU, {found['statements']:.1f} statements, {few['rate']:.0f}/s"


def _put_into(page: Path, table: str) -> None:
    """The table in place of the one that stands between the marks of a page."""
    before, begin, rest = page.read_text().partition(BEGIN)
    _old, end, after = rest.partition(END)
    if begin and end:
        page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scales", type=lambda text: text.split(","), default=["small", "a"])
    asked.add_argument("--only", default="", help="measure only pages that match this pattern")
    asked.add_argument("--seconds", type=float, default=2.0, help="length of one measurement")
    asked.add_argument(
        "--clients", type=lambda text: [int(n) for n in text.split(",")], default=[1, 16]
    )
    asked.add_argument("--resume", action="store_true", help="keep what was measured before")
    asked.add_argument("--folder", default=str(ROOT / "var" / "bench"))
    asked.add_argument("--out", type=Path, default=ROOT / "var" / "bench" / "table.md")
    asked.add_argument("--into", type=Path, help="put the table into this page as well")
    given = asked.parse_args()
    Session(given).run()
    print(given.out.read_text())


if __name__ == "__main__":
    main()
