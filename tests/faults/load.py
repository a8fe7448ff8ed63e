"""A steady load on a running site, and what came of it."""

import json
import subprocess
import sys
from dataclasses import dataclass

from tests.services import Postgres, Redis
from tests.site import ROOT, Site


@dataclass
class Backed:
    """The site with the services it stands on."""

    site: Site
    postgres: Postgres
    redis: Redis


@dataclass
class Load:
    """A run of `bin/steady` against a site."""

    process: "subprocess.Popen[str]"
    idea: int

    @classmethod
    def on(cls, site: Site, *arguments: str) -> "Load":
        """Begin it; answers when the first request is about to be sent."""
        process = subprocess.Popen(
            [sys.executable, "-m", "bin.steady", "--url", site.url, *arguments],
            cwd=ROOT,
            env=site.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        return cls(process, json.loads(line)["idea"])

    def figures(self) -> dict[str, object]:
        """Wait for its end; what it found, without a fault."""
        output, errors = self.process.communicate(timeout=180)
        assert self.process.returncode == 0, output + errors
        found: dict[str, object] = json.loads(output.splitlines()[-1])
        return found


def logs_of(site: Site) -> str:
    """All that web server, worker and beat have said."""
    return "".join(file.read_text() for file in (site.folder / "log").glob("*.log"))
