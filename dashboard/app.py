"""The dashboard's frame: menu, banner, what the page is drawn from, and the watch for a newer copy."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

import streamlit as st

from dashboard import data
from framing.errors import ParleyError
from warehouse.home import HomeError, default_root
from warehouse.reading import NothingPublishedError, OtherVersionError, Publication

SCREENS = Path(__file__).with_name("screens")
ICON = Path(__file__).with_name("icon.svg")
WATCH_S = 5  # between looks at the published link; each costs one stat


class PageModule(Protocol):
    """What a module in screens/ holds."""

    TITLE: str
    ICON: str
    POSITION: int

    def show(self, archive: data.Archive) -> None: ...


def find_pages() -> dict[str, PageModule]:
    """All pages by the name of their file, in the order of the menu."""
    names = [path.stem for path in SCREENS.glob("*.py") if not path.stem.startswith("_")]
    modules = {name: cast(PageModule, import_module(f"dashboard.screens.{name}")) for name in names}
    return dict(sorted(modules.items(), key=lambda item: (item[1].POSITION, item[0])))


def main() -> None:
    """Draw the chosen page from the newest copy, or say what to do first."""
    st.set_page_config(page_title="Parley", page_icon=ICON, layout="wide")
    drawn_from = data.newest()
    try:
        archive: data.Archive | ParleyError = data.open_archive(default_root())
    except ParleyError as error:
        archive = error
    page = st.navigation(
        [
            st.Page(_runner(module, archive), title=module.TITLE, icon=module.ICON, url_path=name, default=i == 0)
            for i, (name, module) in enumerate(find_pages().items())
        ],
        expanded=True,  # no page behind "View more"
    )
    if isinstance(archive, data.Archive):
        about = data.about(archive)
        if about["kind"] == "demo":
            st.warning(
                "**Demo:** every outlet, article and number here is fictional; nothing is about a real newsroom. "
                "Only the dated events are real.",
                icon=":material/theater_comedy:",
            )
        sign(archive.publication, about)
    page.run()
    watch(drawn_from, st.context.theme.type)


def _runner(module: PageModule, archive: data.Archive | ParleyError) -> Callable[[], None]:
    def run() -> None:
        st.title(module.TITLE)
        if isinstance(archive, data.Archive):
            module.show(archive)
        else:
            explain(archive)

    return run


def explain(error: ParleyError) -> None:
    """Why there is nothing to draw, and what to do next."""
    if isinstance(error, HomeError | NothingPublishedError):
        st.info(
            "Nothing is published yet. Run `parley run` to collect and publish, or, to look around, `parley demo`. "
            "This page opens by itself as soon as there is something to show.",
            icon=":material/hourglass_empty:",
        )
    elif isinstance(error, OtherVersionError):
        st.info(
            "This copy was published by another version of Parley. `parley publish` makes a new one; `parley run` does "
            "so after its first round. This page opens by itself then.",
            icon=":material/update:",
        )
    else:
        st.error("The published copy cannot be read.", icon=":material/error:")
    with st.expander("Where Parley looked"):
        st.text(str(error))


def sign(publication: Publication, about: dict[str, Any]) -> None:
    """Quietly, in the sidebar: how fresh this is and what it rests on."""
    published = datetime.fromtimestamp(publication.mtime_ns / 1e9, UTC)
    polled = f"{about['last_poll_utc']:%Y-%m-%d %H:%M} UTC" if about["last_poll_utc"] else "never"
    st.sidebar.caption(
        f"{about['n_articles']:,} articles of {about['n_sightings']:,} items seen  \n"
        f"Last poll: {polled}  \n"
        f"Published: {published:%Y-%m-%d %H:%M} UTC  \n"
        f"Codebook: {about['codebook_version'] or 'none yet'}"
    )


@st.fragment(run_every=WATCH_S)
def watch(drawn_from: Publication | None, theme: str | None) -> None:
    """Draw the whole page again once there is a newer copy, or the reader chose another theme."""
    if data.newest() != drawn_from or st.context.theme.type != theme:
        st.rerun()


if __name__ == "__main__":
    main()
