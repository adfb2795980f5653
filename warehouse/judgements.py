"""Human judgements: samples drawn for coders and what they said, in a file of their own that outlives the warehouse."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow

from framing.errors import ParleyError
from warehouse.home import Home
from warehouse.interrupts import interruptible
from warehouse.lock import judgements_lock
from warehouse.schema import FOLDER, SchemaError, transaction
from warehouse.store import STORAGE_VERSION, StorageError, explain

ANSWERS: Final = ("yes", "no", "unsure")
"""What a coder may say to whether a sentence carries a frame."""
VOICES: Final = ("outlet", "quoted", "reported", "rejected", "scare")
"""In whose voice a frame is carried."""


_UNREADABLE: Final = (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException)


class JudgementError(ParleyError):
    """What is asked of the judgements, or given to them, does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One draw."""

    sample_id: str
    drawn_utc: datetime
    seed: int
    codebook_version: str
    design: str
    """JSON: what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStratum:
    """The units of one language and frame to which the machine gives one answer."""

    sample_id: str
    stratum: str
    language: str
    frame_id: str
    machine_carried: bool
    n_units: int
    """In the archive, on the day of the draw."""
    n_drawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleUnit:
    """One sentence in regard to one frame."""

    sample_id: str
    unit_id: str
    article_id: str
    revision_id: str
    outlet_id: str
    language: str
    frame_id: str
    part: str
    sentence_start: int
    sentence_end: int
    sentence: str
    machine_carried: bool
    machine_voice: str | None
    """``None``: not measured."""
    stratum: str
    inclusion_probability: float
    """In (0, 1]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one coder says of one unit."""

    unit_id: str
    coder: str
    carried: str
    """yes, no or unsure."""
    voice: str | None
    """outlet, quoted, reported, rejected or scare; ``None``: not said."""
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the judgements of one file."""

    n_new: int
    n_changed: int
    n_same: int


class Judgements:
    """The open store. Only ``open_judgements`` makes one."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.sql = connection

    def keep(self, sample: Sample, strata: Sequence[SampleStratum], units: Sequence[SampleUnit]) -> bool:
        """Store a draw, all or nothing; ``False``: it is there already, and nothing is written."""
        if self._rows("select 1 from sample where sample_id = ?", [sample.sample_id]):
            return False
        with transaction(self.sql):
            self._insert("sample", [asdict(sample)])
            self._insert("stratum", [asdict(stratum) for stratum in strata])
            self._insert("sample_unit", [asdict(unit) for unit in units])
        return True

    def add(self, judgements: Sequence[Judgement], now: datetime) -> Imported:
        """
        Append what is new or says something else than the coder's last word, all or nothing.

        Args:
            judgements: At most one for each unit and coder, of units that are known.
            now: When they came in, with time zone.
        """
        latest = {(one.unit_id, one.coder): one for one in self.latest()}
        fresh = [one for one in judgements if latest.get((one.unit_id, one.coder)) != one]
        n_changed = sum((one.unit_id, one.coder) in latest for one in fresh)
        last = self.last_position()
        rows = [
            {"position": last + place, **asdict(one), "judged_utc": now}  # a clock may go back; positions do not
            for place, one in enumerate(fresh, 1)
        ]
        with transaction(self.sql):
            self._insert("judgement", rows)
        return Imported(n_new=len(fresh) - n_changed, n_changed=n_changed, n_same=len(judgements) - len(fresh))

    def require_coder(self, name: str) -> None:
        """
        Raises:
            JudgementError: The name is empty, or another spelling of one that is known: one person would count as two.
        """
        if not name:
            raise JudgementError("The coder's name is empty. Say who judged, by a name or a sign. Nothing was written.")
        for known in sorted({one.coder for one in self.latest()} - {name}):
            if known.casefold() == name.casefold():
                raise JudgementError(
                    f"There is a coder {known!r} already. Write it so if {name!r} is the same person, or take another "
                    "name. Nothing was written."
                )

    def latest(self, sample_id: str | None = None) -> list[Judgement]:
        """The last word of each coder on each unit, of one sample or of all; in order of unit and coder."""
        rows = self._rows(
            "select unit_id, coder, carried, voice, note from judgement "
            "where ? is null or unit_id in (select unit_id from sample_unit where sample_id = ?) "
            "qualify row_number() over (partition by unit_id, coder order by position desc) = 1 "
            "order by unit_id, coder",
            [sample_id, sample_id],
        )
        return [Judgement(**row) for row in rows]

    def sample(self, sample_id: str | None = None) -> Sample:
        """
        One sample; without an id the one drawn last.

        Raises:
            JudgementError: There is none, or none of this id.
        """
        samples = self.samples()
        if not samples:
            raise JudgementError(
                "No sample was drawn in this home yet. 'parley sample --n 400 --out FILE.csv' draws one."
            )
        for sample in samples:
            if sample_id in (None, sample.sample_id):
                return sample
        known = ", ".join(f"{sample.sample_id} ({sample.drawn_utc:%Y-%m-%d})" for sample in samples)
        raise JudgementError(f"There is no sample {sample_id!r} in this home. Name one of these: {known}.")

    def last_position(self) -> int:
        """Of the newest judgement, by which one state of the store is told from another; 0: none."""
        ((last,),) = self.sql.execute("select coalesce(max(position), 0) from judgement").fetchall()
        return int(last)

    def samples(self) -> list[Sample]:
        """All samples, the one drawn last first."""
        return [Sample(**row) for row in self._rows("select * from sample order by drawn_utc desc, sample_id")]

    def strata(self, sample_id: str) -> list[SampleStratum]:
        """The strata of a sample, by name."""
        rows = self._rows("select * from stratum where sample_id = ? order by stratum", [sample_id])
        return [SampleStratum(**row) for row in rows]

    def units(self, sample_id: str | None = None) -> list[SampleUnit]:
        """The units of one sample or of all, by id."""
        rows = self._rows(
            "select * from sample_unit where ? is null or sample_id = ? order by unit_id", [sample_id, sample_id]
        )
        return [SampleUnit(**row) for row in rows]

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        cursor = self.sql.execute(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _insert(self, table: str, rows: Sequence[dict[str, object]]) -> None:
        """Rows typed as the table is: a column of nulls would otherwise have no type."""
        if rows:
            shape = self.sql.sql(f"select * from {table} limit 0").to_arrow_table().schema
            batch = pyarrow.Table.from_pylist(list(rows), schema=shape)  # noqa: F841 (DuckDB reads it by name)
            self.sql.execute(f"insert into {table} by name select * from batch")


@contextmanager
def open_judgements(home: Home, task: str, wait_s: float | None = None) -> Iterator[Judgements]:
    """
    Hold the lock of the judgements, open their file, bring its schema up to date, close it at the end.

    Args:
        task: What the holder does; others who wait get to read it.
        wait_s: Seconds to wait for another holder.

    Raises:
        WarehouseLockedError: Another holder did not finish in time.
        SchemaError: The file is newer than the code.
        StorageError: The file cannot be read.
    """
    with _storage_errors(home), judgements_lock(home, task, wait_s), interruptible():
        connection = _connect(home.judgements)
        try:
            _migrate(connection, home.judgements)
            yield Judgements(connection)
        finally:
            connection.close()


@contextmanager
def _storage_errors(home: Home) -> Iterator[None]:
    """Say what a failing disk or file means; what helps the warehouse, a published copy, does not help here."""
    try:
        yield
    except _UNREADABLE as error:
        if "No space left" in str(error):
            raise StorageError(explain(error, home)) from error
        raise StorageError(
            f"{home.judgements}: DuckDB cannot read or write this file ({str(error).splitlines()[0]}). What was "
            "imported is not touched. If another program has the file open, close it there and try again; if it is "
            "damaged, bring it back from a backup."
        ) from error
    except OSError as error:
        message = explain(error, home)
        if message is None:
            raise
        raise StorageError(message) from error


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
    connection.execute("set timezone = 'UTC'")
    return connection


def _migrate(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute("create table if not exists migration (version integer, name varchar)")
    ((have,),) = connection.execute("select coalesce(max(version), 0) from migration").fetchall()
    steps = sorted((int(file.name[:4]), file) for file in (FOLDER / "judgement_migrations").glob("*.sql"))
    newest = steps[-1][0]
    if have > newest:
        raise SchemaError(
            f"{path}: the judgements have schema version {have}; this Parley knows up to {newest}. "
            "Update Parley, or give another folder with --home DIR. Nothing was changed."
        )
    for number, file in steps:
        if number > have:
            with transaction(connection):
                connection.execute(file.read_text(encoding="utf-8"))
                connection.execute("insert into migration values (?, ?)", [number, file.stem])
