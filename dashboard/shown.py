"""Ways of showing that pages share: tables and files of exactly the rows a chart was drawn from."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from pandas import DataFrame

SHARES: dict[str, Any] = {
    name: st.column_config.NumberColumn(format="percent")
    for name in ("share", "share_low", "share_high", "shrunken_share", "reach", "reach_low", "reach_high", "mean_share")
}
"""How a table shows the columns that hold fractions."""


def numbers(rows: DataFrame, file_name: str, columns: Mapping[str, Any], order: Sequence[str] | None = None) -> None:
    """The rows as a table, in the given order of columns, the same rows as a CSV file, and where they come from."""
    st.dataframe(rows, hide_index=True, column_config=columns, column_order=order, placeholder="–")
    with st.container(horizontal=True):
        st.download_button(
            "Download CSV",
            rows.to_csv(index=False).encode(),
            file_name=file_name,
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{file_name}",
        )
        if "sql" in rows.attrs:
            with st.popover("SQL and citation", icon=":material/format_quote:"):
                st.caption("A line to cite, and the SQL that gives these rows again: with `parley sql` or any DuckDB.")
                st.code(rows.attrs["citation"], language=None, wrap_lines=True)
                st.code(rows.attrs["sql"], language="sql")


def foreign(text: str) -> None:
    """Text of others, word for word and wrapped: never read as Markdown or HTML."""
    st.code(text, language=None, wrap_lines=True)
