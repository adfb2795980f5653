"""Replay the demo archive through the real flows, day by day, into a home of its own."""

import hashlib
import shutil
import socket
from dataclasses import replace
from typing import Final

from prefect.settings import temporary_settings

from flows.analyse import analyse
from flows.demo.gold import judge_demo
from flows.demo.polls import our_outage, poll_times
from flows.demo.records import ARTICLES_FILE, FOLDER, PLAN_FILE, REGISTRY
from flows.demo.server import DemoServer
from flows.ingest import ingest
from flows.pipeline import PipelineReport
from flows.publish import publish
from flows.reports import IngestReport
from flows.score import score
from flows.service.progress import progress
from flows.service.stopping import stop_if_asked
from flows.world import Address, World, loopback_world
from framing.registry_files import load_registry
from warehouse.home import Home
from warehouse.lock import writer_lock
from warehouse.schema import view_files

NO_HEARTBEAT: Final = {"flows.heartbeat_frequency": None}
"""Nobody watches these runs, and each would wait a second for its heartbeat to stop."""

MARKER = "demo.sha256"
"""In the home: which archive was replayed into it, written when the replay is complete."""


def is_replayed(home: Home) -> bool:
    """Does this home hold the whole archive of this version of Parley?"""
    marker = home.root / MARKER
    return home.current.exists() and marker.exists() and marker.read_text(encoding="utf-8") == fingerprint()


def replay(home: Home) -> PipelineReport:
    """
    Poll, fetch, score, analyse and publish the archive as if its days passed.

    What an older or interrupted replay left is removed first: a demo home holds
    nothing but the demo.
    """
    with writer_lock(home, "demo replay"):
        _clear(home)
        shutil.copytree(REGISTRY, home.registry, dirs_exist_ok=True)
        ingested = IngestReport()
        with temporary_settings(NO_HEARTBEAT), DemoServer() as server:
            world = _world(server)
            moments = poll_times(server.archive.articles)
            with progress("Replaying days", len(moments)) as advance:
                for moment in moments:
                    stop_if_asked()
                    server.now = moment
                    ingested += ingest(str(home.root), world)
                    advance(1)
            scored = score(str(home.root), world)
            analyse(str(home.root))
            publish(str(home.root))
            judge_demo(home, moments[-1])
            analyse(str(home.root))
        report = PipelineReport(ingested, scored, publish(str(home.root)))
    (home.root / MARKER).write_text(fingerprint(), encoding="utf-8")
    return report


def fingerprint() -> str:
    """Of archive, plan, codebook and schema: another version of Parley may bring others."""
    parts = [
        *((FOLDER / name).read_bytes() for name in (ARTICLES_FILE, PLAN_FILE)),
        load_registry(REGISTRY).codebook.version.encode(),
        *(path.read_bytes() for path in view_files()),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _world(server: DemoServer) -> World:
    """Every name leads to the server, at the server's time; on the days of our own outage none leads anywhere."""
    world = loopback_world(server.port, clock=lambda: server.now)

    async def resolve(host: str, port: int) -> list[Address]:
        if server.now.date() in our_outage():
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return await world.resolve(host, port)

    return replace(world, resolve=resolve)


def _clear(home: Home) -> None:
    """Published copies stay until newer ones push them out: an open dashboard may be reading one."""
    for old in (home.root / MARKER, home.database, home.database.with_suffix(".duckdb.wal")):
        old.unlink(missing_ok=True)
    shutil.rmtree(home.registry)
    shutil.rmtree(home.warc, ignore_errors=True)
