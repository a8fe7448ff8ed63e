"""An admin sees what a file would bring, says yes, and the worker does it however often it dies."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.activity.models import AuditEntry
from community.core.owed import sweep
from ideas.importing import running, runs
from ideas.importing.running import Plan
from ideas.importing.runs import carry_on, prepare, start
from ideas.models import Idea, ImportRun
from ideas.tasks import import_ideas
from tests import make

ADD = reverse("admin:ideas_importrun_add")


def lines(count, *broken):
    rows = [
        {"external_id": str(n), "title": f"Idea number {n}", "votes": n, "board": "stores"}
        for n in range(1, count + 1)
    ]
    for number in broken:
        rows[number - 1]["status"] = "quantum"
    return "\n".join(json.dumps(row) for row in rows).encode()


@pytest.fixture
def upload(as_admin):
    make.board()

    def post(content, **fields):
        file = SimpleUploadedFile("ideas.jsonl", content)
        return as_admin.post(ADD, {"file": file, "map_name": "heard", **fields}, follow=True)

    return post


def test_upload_preview_run_and_report(upload, as_admin):
    page = upload(lines(12, 3))
    run = ImportRun.objects.get()
    assert "11 ideas with 0 comments can come in" in page.text
    assert "Idea number 1" in page.text
    assert "quantum" in page.text
    assert Idea.objects.count() == 0

    as_admin.post(reverse("admin:ideas_importrun_start", args=[run.pk]))
    import_ideas(run.pk)

    page = as_admin.get(reverse("admin:ideas_importrun_change", args=[run.pk]))
    assert "Done." in page.text
    assert "Ideas that are new: 11" in page.text
    assert "is no status that we know" in page.text
    run.refresh_from_db()
    assert (run.state, bytes(run.content), run.fault_count) == ("done", b"", 1)
    verbs = AuditEntry.objects.filter(kind="import").values_list("verb", flat=True)
    assert sorted(verbs) == ["import.ended", "import.started"]


def test_a_second_press_begins_nothing_twice(upload, as_admin):
    upload(lines(3))
    run = ImportRun.objects.get()
    for _press in range(2):
        as_admin.post(reverse("admin:ideas_importrun_start", args=[run.pk]))
    for _run in range(2):
        import_ideas(run.pk)

    assert Idea.objects.count() == 3
    assert AuditEntry.objects.filter(verb="import.started").count() == 1


def test_a_killed_worker_is_followed_by_another(db, admin, monkeypatch):
    make.board()
    monkeypatch.setattr(running, "BATCH", 4)
    run = prepare(Plan("old", lines(10)), file_name="f", all_or_nothing=False, by=admin)
    start(run, by=admin)
    write, calls = runs.write_batch, []

    def dies_in_the_second(batch, **rest):
        calls.append(len(batch))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(batch, **rest)

    with monkeypatch.context() as patch:
        patch.setattr(runs, "write_batch", dies_in_the_second)
        with pytest.raises(KeyboardInterrupt):
            carry_on(run.pk)
    run.refresh_from_db()
    assert (Idea.objects.count(), run.line_done, run.new_ideas) == (4, 4, 4)
    assert not carry_on(run.pk)
    assert Idea.objects.count() == 4

    sweep(run.claimed_until)

    run.refresh_from_db()
    assert (Idea.objects.count(), run.state, run.new_ideas) == (10, "done", 10)


def test_all_or_nothing_leaves_nothing(upload, as_admin):
    upload(lines(3, 2), all_or_nothing="on")
    run = ImportRun.objects.get()
    as_admin.post(reverse("admin:ideas_importrun_start", args=[run.pk]))
    import_ideas(run.pk)

    assert Idea.objects.count() == 0
    page = as_admin.get(reverse("admin:ideas_importrun_change", args=[run.pk]))
    assert "Nothing was imported." in page.text


def test_a_file_that_is_none_is_said_beside_its_field(upload):
    page = upload(b"hello")

    assert "names no columns" in page.text
    assert ImportRun.objects.count() == 0


def test_only_admins_come_in(as_reviewer, as_moderator, client):
    for session, answer in ((as_reviewer, 403), (as_moderator, 403), (client, 302)):
        assert session.get(ADD).status_code == answer


def test_a_long_file_is_looked_at_in_part_and_the_page_says_so(upload, monkeypatch):
    monkeypatch.setattr(runs, "PREVIEW_SECONDS", 1e-9)

    page = upload(lines(12))

    assert "up to line 1 of 12" in page.text
