"""The process that answers one query and ends: ``python -m warehouse.answering``, started by ``warehouse.asking``."""

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import duckdb
import pyarrow

from warehouse.asking import NARROWER, Limits, too_large
from warehouse.guard import RefusedQueryError, check_query, confine, distinct, refused

BATCH = 1_000
OPEN_FILES = 32


def main() -> None:
    """One request of JSON on standard input; on standard output a line of JSON, and the rows as an Arrow stream."""
    request = json.load(sys.stdin)
    path, query = request.pop("path"), request.pop("query")
    limits = Limits(**request)
    bind(limits)
    try:
        table, is_cut = answer(Path(path), query, limits)
    except RefusedQueryError as error:
        send({"refused": str(error)}, None)
    except (duckdb.OutOfMemoryException, MemoryError):
        send({"refused": too_large(limits)}, None)
    except duckdb.IOException as error:
        found = str(error).splitlines()[0]
        send({"refused": f"{path}: this copy cannot be opened ({found}). Once a newer one is shown, ask again."}, None)
    else:
        send({"is_cut": is_cut}, table)


def bind(limits: Limits) -> None:
    """
    Limits of the operating system, for this process and for good.

    The alarm ends the process wherever DuckDB happens to be, and whether or not anybody
    still waits for the answer. No byte can be written to any file.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.time_s)
    wanted = {
        resource.RLIMIT_DATA: 2 * limits.memory_mb * 2**20,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }
    for kind, most in wanted.items():
        _, allowed = resource.getrlimit(kind)
        lowest = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (lowest, lowest))


def answer(path: Path, query: str, limits: Limits) -> tuple[pyarrow.Table, bool]:
    """
    The first rows of a query, and whether there are more.

    Raises:
        RefusedQueryError: The query is not allowed, wrong, or its answer too large.
        duckdb.OutOfMemoryException, MemoryError: It needs more memory than it may have.
        duckdb.IOException: The copy cannot be opened; three newer ones may have come in between.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(f"set memory_limit = '{limits.memory_mb}MB'")
        connection.execute(f"set threads = {limits.threads}")
        connection.execute("set temp_directory = ''")
        confine(connection)
        check_query(connection, query)
        try:
            return _first_rows(connection, query, limits)
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            raise refused(error) from error


def _first_rows(connection: duckdb.DuckDBPyConnection, query: str, limits: Limits) -> tuple[pyarrow.Table, bool]:
    batches: list[pyarrow.RecordBatch] = []
    n_rows = n_bytes = 0
    with connection.sql(query).to_arrow_reader(BATCH) as reader:
        for batch in reader:
            batches.append(batch)
            n_rows, n_bytes = n_rows + batch.num_rows, n_bytes + batch.nbytes
            if n_bytes > limits.answer_mb * 2**20:
                raise RefusedQueryError(f"The answer is larger than {limits.answer_mb} MB. {NARROWER}")
            if n_rows > limits.n_rows:
                break
        table = pyarrow.Table.from_batches(batches, reader.schema)
    table = table.rename_columns(distinct(table.column_names))
    return readable(table.slice(0, limits.n_rows)), n_rows > limits.n_rows


def readable(table: pyarrow.Table) -> pyarrow.Table:
    """The table with columns of rare types (intervals, bytes, unions) as text."""
    for place, field in enumerate(table.schema):
        if not _is_common(field.type):
            texts = [None if value is None else str(value) for value in table.column(place).to_pylist()]
            table = table.set_column(place, field.name, pyarrow.array(texts, pyarrow.string()))
    return table


def _is_common(kind: pyarrow.DataType) -> bool:
    types = pyarrow.types
    if types.is_list(kind) or types.is_large_list(kind):
        return _is_common(kind.value_type)
    if types.is_struct(kind):
        return all(_is_common(kind.field(i).type) for i in range(kind.num_fields))
    tests = (
        types.is_integer,
        types.is_floating,
        types.is_decimal,
        types.is_boolean,
        types.is_string,
        types.is_large_string,
        types.is_date,
        types.is_timestamp,
        types.is_time,
    )
    return any(is_one(kind) for is_one in tests)


def send(header: dict[str, Any], table: pyarrow.Table | None) -> None:
    """Write the answer to standard output."""
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n")
    if table is not None:
        with pyarrow.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
            stream.write_table(table)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
