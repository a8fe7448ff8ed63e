"""On a laptop a message is read whole or not at all, even by who looks while it is written."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    folders = {"data_folder_in": "messages", "data_folder_out": "messages"}
    folders |= {"control_folder": "control", "processed_folder": "processed"}
    options = {name: str(tmp_path / folder) for name, folder in folders.items()}
    for folder in options.values():
        Path(folder).mkdir(exist_ok=True)
    with Connection("files://localhost", transport_options=options) as opened:
        yield opened


def test_no_message_is_read_before_it_is_whole(connection: Connection) -> None:
    reader = connection.transport.Channel(connection.transport)
    found_too_early: list[object] = []

    class LookedAtWhileWritten:
        def __json__(self) -> str:
            with contextlib.suppress(Empty):
                found_too_early.append(reader._get("celery"))
            return "whole"

    writer = connection.transport.Channel(connection.transport)
    writer._put("celery", {"body": LookedAtWhileWritten()})

    assert found_too_early == []
    assert reader._get("celery") == {"body": "whole"}
    with pytest.raises(Empty):
        reader._get("celery")
