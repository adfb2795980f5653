"""What a code rests on: its cues with their examples, and what people judged of it."""

from warehouse.store import Warehouse


def save_cues(warehouse: Warehouse, codebook_version: str, rows: list[dict[str, object]]) -> None:
    """
    Store the cues of one version of the codebook, once: equal content has an equal version.

    Args:
        codebook_version: Of the registry's codebook, which need not be the active one yet.
        rows: The other columns of ``core.cue_example``.
    """
    if warehouse.rows("select 1 from core.cue_example where codebook_version = $1 limit 1", [codebook_version]):
        return
    warehouse.sql.execute(
        "delete from core.cue_example where codebook_version not in (select codebook_version from core.active_codebook)"
    )
    stored = [{"codebook_version": codebook_version, **row} for row in rows]
    warehouse.merge("cue_example", stored, ("codebook_version", "kind", "code_id", "language", "position"))


def save_gold(warehouse: Warehouse, rows: list[dict[str, object]]) -> None:
    """Make the table hold these rows and no others; what is equal is not touched."""
    warehouse.replace("gold_quality", rows, ("frame_id", "language"))
    warehouse.sql.execute(
        "delete from core.gold_quality where (frame_id, language) not in "
        "(select unnest($1::varchar[]), unnest($2::varchar[]))",
        [[row["frame_id"] for row in rows], [row["language"] for row in rows]],
    )


def counted_judgement(warehouse: Warehouse) -> int:
    """Position of the newest judgement that the figures rest on; 0: there are no figures."""
    (row,) = warehouse.rows("select coalesce(max(last_judgement), 0) as position from core.gold_quality")
    return int(row["position"])
