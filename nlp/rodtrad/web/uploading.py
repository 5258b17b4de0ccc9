"""Take in documents sent by a browser: type by content, name of our own, work in the background."""

from __future__ import annotations

import logging
import secrets
import shutil
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO

from rodtrad.errors import RodtradError, UnreadableFileError
from rodtrad.ingest.catalogue import read_catalogue, slug
from rodtrad.pipeline.adding import add_documents
from rodtrad.pipeline.build import build
from rodtrad.pipeline.fingerprint import file_digest
from rodtrad.web.models import JobView
from rodtrad.workspace import Workspace

LOG = logging.getLogger("rodtrad.web")
KEPT_JOBS = 50
HEAD = 4096
UNPACKED = 400 << 20
NAME = 80
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


def suffix_of(file: IO[bytes]) -> str:
    """The ending that fits what a file holds; its own name has no say.

    Forms: PDF, Word (a ZIP with word/document.xml), HTML, text in UTF-8. Anything else is refused,
    also a ZIP that unpacks to more than 400 MB.

    Raises:
        UnreadableFileError: none of these.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if not head.strip():
        raise UnreadableFileError("the file is empty; choose another.")
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"PK"):
        return _word(file)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start):
        return ".html"
    return _text(file)


def _word(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            size = sum(info.file_size for info in infos)
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("the file is a damaged archive; save it again.") from error
    finally:
        file.seek(0)
    if "word/document.xml" not in names or size > UNPACKED:
        raise UnreadableFileError(
            "the file is no Word document we can read; save it as .docx or .pdf."
        )
    return ".docx"


def _text(file: IO[bytes]) -> str:
    try:
        while chunk := file.readline(1 << 16):
            if b"\x00" in chunk:
                break
            chunk.decode("utf-8")
        else:
            return ".txt"
    except UnicodeDecodeError:
        pass
    finally:
        file.seek(0)
    raise UnreadableFileError(
        "the file is neither PDF, Word, HTML nor text in UTF-8; save it as one of these."
    )


@dataclass(frozen=True, slots=True)
class Job:
    """One upload and how far it has come."""

    id: str
    name: str
    state: str = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    document: str | None = None
    error: str | None = None

    def view(self) -> JobView:
        """The JSON twin."""
        return JobView(
            id=self.id,
            name=self.name,
            state=self.state,
            stage=self.stage,
            done=self.done,
            total=self.total,
            document=self.document,
            error=self.error,
        )


class Jobs:
    """Uploads one after the other, in a thread of their own."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="upload")
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()

    def get(self, job_id: str) -> Job | None:
        """A job, None where it is unknown or long gone."""
        with self._lock:
            return self._jobs.get(job_id)

    def start(self, name: str, file: IO[bytes], facts: Mapping[str, str]) -> Job:
        """Keep a copy of the file and begin; the file is closed by whoever opened it.

        Args:
            name: what the browser calls it, shown and made into an id, never used as a path.
            file: its content.
            facts: kind, title, date, … as `rodtrad add` takes them.
        """
        job = Job(secrets.token_urlsafe(9), shown_name(name))
        self._set(job)
        try:
            staged = self._stage(job, file)
        except UnreadableFileError as error:
            return self._set(replace(job, state="failed", error=str(error)))
        future = self._executor.submit(self._work, job.id, staged, dict(facts))
        future.add_done_callback(partial(self._finish, job.id, staged))
        return job

    def close(self) -> None:
        """Wait for the upload under way and take no more."""
        self._executor.shutdown(cancel_futures=True)

    def _set(self, job: Job) -> Job:
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT_JOBS:
                self._jobs.popitem(last=False)
        return job

    def _update(self, job_id: str, **changes: object) -> None:
        job = self.get(job_id)
        if job:
            self._set(replace(job, **changes))  # type: ignore[arg-type]

    def _stage(self, job: Job, file: IO[bytes]) -> Path:
        suffix = suffix_of(file)
        folder = self._workspace.indexes / f".upload-{job.id}"
        folder.mkdir(parents=True)
        staged = folder / f"{self._free_id(job.name)}{suffix}"
        with staged.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        return staged

    def _free_id(self, name: str) -> str:
        """An id made from the name that nothing in the catalogue has, as id or as file name."""
        entries = read_catalogue(self._workspace)
        taken = {e.id for e in entries} | {slug(e.file.stem) for e in entries}
        base = slug(Path(name).stem)[:NAME].strip("-._") or "dokument"
        numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
        return next(one for one in numbered if one not in taken)

    def _work(self, job_id: str, staged: Path, facts: dict[str, str]) -> str:
        self._update(job_id, state="reading")
        sha256 = file_digest(staged)
        known = next((e for e in read_catalogue(self._workspace) if e.sha256 == sha256), None)
        if known:
            raise UnreadableFileError(f"the collection already has this file as {known.id}.")
        (record,) = add_documents(self._workspace, [staged], facts)
        self._update(job_id, state="building", document=record["id"])

        def progress(stage: str, done: int, total: int) -> None:
            self._update(job_id, stage=stage, done=done, total=total)

        build(self._workspace, progress=progress)
        return str(record["id"])

    def _finish(self, job_id: str, staged: Path, future: Future[str]) -> None:
        shutil.rmtree(staged.parent, ignore_errors=True)
        job = self.get(job_id)
        error = future.exception() if not future.cancelled() else None
        if error is None:
            self._update(job_id, state="done")
        elif isinstance(error, RodtradError):
            words = str(error).replace(str(staged), job.name if job else staged.name)
            words = words.replace(str(self._workspace.root), ".")
            self._update(job_id, state="failed", error=words)
        else:
            LOG.error("upload failed: %s", type(error).__name__)
            self._update(job_id, state="failed", error=None)


def shown_name(name: str) -> str:
    """The last part of a file name, printable, at most 120 characters; "dokument" without any."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c.isprintable()).strip()
    return kept[-120:] or "dokument"
