"""What a page says when there is nothing to draw yet."""

import streamlit as st

from dashboard import data


def explain(archive: data.Archive) -> None:
    """Which step has not happened yet, and the command for it."""
    about = data.about(archive)
    if about["last_poll_utc"] is None:
        said = "No feed was polled yet. Run `parley run` to start, or, to look around, `parley demo`."
    elif not about["n_articles"]:
        said = (
            "Feeds were polled, but no article on the talks is stored yet. *Sources* shows what became of each item; "
            "`parley run` keeps collecting."
        )
    elif about["last_score_utc"] is None:
        said = "Articles are stored, but none is scored yet. Run `parley score`, then `parley publish`."
    else:
        said = (
            "Articles are stored and scored, but none is both on the talks and dated. *Sources* shows what became of "
            "each item; `parley run` keeps collecting."
        )
    st.info(said, icon=":material/hourglass_empty:")
