"""An answer to a reader's own SQL: the rows, two files of them, and what to cite."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pyarrow
import pyarrow.csv
import pyarrow.parquet
import streamlit as st

from dashboard import shown
from warehouse.asking import Answer, Limits


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and what came of it on the copy that was published then."""

    query: str
    outcome: Answer | str
    """The answer, or why there is none."""
    citation: str


def show(asked: Asked) -> None:
    """The rows with their limit, downloads and citation; or why the query was refused."""
    if isinstance(asked.outcome, str):
        st.warning("This was not answered.", icon=":material/block:")
        shown.foreign(asked.outcome)
        return
    answer = asked.outcome
    st.caption(count(answer))
    st.dataframe(answer.table, hide_index=True, placeholder="–", alt="The rows of the answer")
    with st.container(horizontal=True):
        hand_over("CSV", partial(as_csv, answer.table), "text/csv")
        hand_over("Parquet", partial(as_parquet, answer.table), "application/vnd.apache.parquet")
    st.caption("To cite: which copy was asked, and what.")
    st.code(f"{asked.citation}\n\n{asked.query}", language="sql", wrap_lines=True)


def count(answer: Answer) -> str:
    """How many rows there are, and whether these are all."""
    n_rows = answer.table.num_rows
    took = f"{answer.took_s:.1f} s"
    if answer.is_cut:
        return (
            f"**The first {n_rows:,} rows: there are more, and neither the table nor the files hold them.** Count or "
            f"group in the query, or ask `parley sql`, which has no such limit. {took}"
        )
    return f"**{n_rows:,} row{'' if n_rows == 1 else 's'}**, all there are. {took}"


def hand_over(kind: str, made: Callable[[], bytes], mime: str) -> None:
    """A download of the rows as one kind of file, made when somebody asks for it."""
    st.download_button(
        f"Download {kind}",
        made,
        file_name=f"parley-ask.{kind.lower()}",
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
    )


def as_csv(table: pyarrow.Table) -> bytes:
    """The rows as CSV; lists and records, which it does not know, as JSON."""
    for place, field in enumerate(table.schema):
        if pyarrow.types.is_nested(field.type):
            texts = [_as_json(value) for value in table.column(place).to_pylist()]
            table = table.set_column(place, field.name, pyarrow.array(texts, pyarrow.string()))
    file = io.BytesIO()
    pyarrow.csv.write_csv(table, file)
    return file.getvalue()


def as_parquet(table: pyarrow.Table) -> bytes:
    """The rows as Parquet, with their types."""
    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file)
    return file.getvalue()


def describe(limits: Limits) -> str:
    """What one query may take, in words."""
    return (
        f"It may take {limits.time_s} s and {limits.memory_mb} MB and gives up to {limits.n_rows:,} rows; it reads the "
        "public views and can neither write nor reach a file or address."
    )


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
