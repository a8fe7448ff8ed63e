"""On a laptop a message is read whole or not at all, however many write at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

WRITERS, EACH = 4, 150


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
    def write(number: int) -> None:
        channel = connection.transport.Channel(connection.transport)
        for step in range(EACH):
            channel._put("celery", {"writer": number, "step": step, "filling": "x" * 5000})

    reader = connection.transport.Channel(connection.transport)
    read: list[tuple[int, int]] = []
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write, number) for number in range(WRITERS)]
        while len(read) < WRITERS * EACH:
            try:
                message = reader._get("celery")
            except Empty:
                for done in writing:
                    if done.done():
                        done.result()
                continue
            read.append((message["writer"], message["step"]))

    assert sorted(read) == [(w, s) for w in range(WRITERS) for s in range(EACH)]
