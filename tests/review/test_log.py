import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from review import logs
from rodtrad.errors import WorkspaceError
from rodtrad.review import log as log_module
from rodtrad.review.events import BadEventError, Event, event_line, parse_event
from rodtrad.review.log import append_events, parse_log, read_log


def write(path: Path, *events: Event) -> tuple[Event, ...]:
    return append_events(path, events, lock=path.with_name("lock")).events


def test_a_log_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_log(tmp_path / "reviews.jsonl").events == ()


def test_a_line_says_when_who_what_and_on_which_words() -> None:
    record = json.loads(event_line(logs.accept(grade=2, comment="ja")))
    assert {k: record[k] for k in ("when", "who", "action", "grade", "comment")} == {
        "when": logs.WHEN, "who": "Anna", "action": "accept", "grade": 2, "comment": "ja",
    }  # fmt: skip
    assert record["target"] == {"from": "greta#R1", "to": "plan#4.1"}
    assert record["digests"]["from"] == logs.ASK.digest
    assert record["texts"]["to"] == "Uppdrag om skydd"


@given(logs.events)
def test_an_event_survives_its_line(event: Event) -> None:
    assert parse_event(event_line(event)) == event


@settings(max_examples=40, deadline=None)
@given(st.lists(logs.events, max_size=6), st.data())
def test_cut_anywhere_no_whole_event_is_lost_and_the_rest_is_kept_aside(
    events: list[Event], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reviews.jsonl"
        written = [event for one in events for event in write(path, one)]
        whole = path.read_bytes() if events else b""
        cut = data.draw(st.integers(0, len(whole)))
        path.write_bytes(whole[:cut])
        lengths = [len(event_line(event)) for event in written]
        # A last event that only lacks its line end is whole.
        left = sum(sum(lengths[: i + 1]) - 1 <= cut for i in range(len(lengths)))
        torn = read_log(path).torn
        assert path.read_bytes() == whole[:cut], "reading must not write"
        result = append_events(path, [logs.accept("Cia")], lock=Path(folder) / "lock")
        assert read_log(path).events == (*written[:left], *result.events)
        assert read_log(path).torn == b""
        aside = result.set_aside.read_bytes() if result.set_aside else b""
        assert aside == (torn + b"\n" if torn else b"")
        kept = sum(lengths[:left])
        assert torn == whole[kept:cut]


def test_equal_events_at_the_same_moment_stay_two(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    first, second = write(path, logs.accept(), logs.accept())
    assert first.id != second.id
    assert read_log(path).events == (first, second)


def test_two_copies_put_together_count_once(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    write(path, logs.accept(), logs.reject("Bo"))
    path.write_bytes(path.read_bytes() * 2)
    assert len(read_log(path).events) == 2


def test_windows_line_ends_and_a_mark_at_the_start_do_no_harm() -> None:
    line = event_line(logs.accept())
    data = b"\xef\xbb\xbf" + line.replace(b"\n", b"\r\n") + b"\r\n"
    assert parse_log(data, name="x").events == (logs.accept(),)


def changed(line: bytes, **fields: object) -> bytes:
    return json.dumps(json.loads(line) | fields).encode() + b"\n"


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        (changed(event_line(logs.accept()), who="Bo"), "does not fit its id"),
        (changed(event_line(logs.accept()), format=2), "Install the newer rodtrad"),
        (changed(event_line(logs.accept()), signature="x"), "Install the newer rodtrad"),
        (event_line(replace(logs.accept(), action="delegate")), "Install the newer rodtrad"),
        (event_line(replace(logs.accept(), grade=7)), "a grade is 1"),
        (event_line(replace(logs.accept(), when="i går")), "no readable time"),
        (event_line(replace(logs.accept(), end=None)), "a recommendation and a measure"),
        (event_line(Event(logs.WHEN, "Bo", "undo", of="0123456789abcdef")), "speaks of the event"),
        (b"{}\n", "has no format number"),
        (b"[1]\n", "is not an object"),
        (b"\x00\x00\x00\n", "is not JSON"),
        (b"[" * 100_000 + b"\n", "is not JSON"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused_with_the_line(
    line: bytes, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / "reviews.jsonl"
    content = event_line(logs.accept("Cia")) + line + event_line(logs.reject("Dan"))
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=remedy) as error:
        read_log(path)
    assert "line 2" in str(error.value)
    with pytest.raises(WorkspaceError):
        write(path, logs.accept())
    assert path.read_bytes() == content


def test_a_bad_event_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    with pytest.raises(BadEventError):
        write(path, logs.accept(), logs.accept(who=" "))
    assert not path.exists()


def test_a_full_disk_leaves_the_log_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "reviews.jsonl"
    write(path, logs.accept())
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rodtrad.review.log.os.fsync", full)
    with pytest.raises(WorkspaceError, match="no decision was stored"):
        write(path, logs.reject())
    assert path.read_bytes() == before


def test_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "reviews.jsonl"
    people = [f"person {n}" for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda who: write(path, logs.accept(who)), people))
    assert sorted(e.who for e in read_log(path).events) == sorted(people)


def test_a_lock_that_is_kept_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "LOCK_SECONDS", 0.05)
    path = tmp_path / "reviews.jsonl"
    with FileLock(path.with_name("lock")), pytest.raises(WorkspaceError, match="another rodtrad"):
        write(path, logs.accept())
