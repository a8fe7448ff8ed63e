"""Behind a pooler that hands connections round, nothing is left on one of them."""

import json
import os
import subprocess
import sys

import pytest

from tests.site import ROOT

READ = """
import json
from community.settings import DATABASES
given = DATABASES["default"]
print(json.dumps([given["DISABLE_SERVER_SIDE_CURSORS"], "prepare_threshold" in given["OPTIONS"]]))
"""


@pytest.mark.parametrize(("kept", "expected"), [("60", [False, True]), ("0", [True, False])])
def test_cursors_and_statements_stay_on_the_server_only_with_a_kept_connection(
    kept: str, expected: list[bool]
) -> None:
    database = {"DATABASE_URL": "postgres://nobody@127.0.0.1/none", "CONN_MAX_AGE": kept}
    env = {"PATH": os.environ["PATH"], **database}

    told = subprocess.check_output([sys.executable, "-c", READ], cwd=ROOT, env=env, text=True)

    assert json.loads(told) == expected
