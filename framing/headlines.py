"""The headline's framing against the body's: many readers see no more than the headline."""

from collections.abc import Mapping, Sequence

from framing.records import CodeScore, HeadlineGap, Hit


def compare_headline(frames: Sequence[CodeScore]) -> HeadlineGap:
    """
    Compare the frames of headline and body.

    Args:
        frames: The frames of one text that has both, with their hits; those not measured are left out.

    Returns:
        Frame ids in the order given.
    """
    headline = {score.code_id: [hit for hit in score.hits if hit.part == "title"] for score in frames}
    body = {score.code_id: [hit for hit in score.hits if hit.part == "text"] for score in frames}
    above = [code_id for code_id, hits in headline.items() if hits]
    only_headline = tuple(code_id for code_id in above if not body[code_id])
    return HeadlineGap(
        only_headline=only_headline,
        only_body=tuple(code_id for code_id, hits in body.items() if hits and not headline[code_id]),
        asserted=_asserted(headline, body),
        gap=len(only_headline) / len(above) if above else None,
    )


def _asserted(headline: Mapping[str, Sequence[Hit]], body: Mapping[str, Sequence[Hit]]) -> tuple[str, ...] | None:
    """What the outlet says itself above, and beneath never."""
    if any(hit.voice is None for hits in (*headline.values(), *body.values()) for hit in hits):
        return None
    return tuple(
        code_id
        for code_id, hits in headline.items()
        if any(hit.voice == "outlet" for hit in hits)
        and body[code_id]
        and all(hit.voice != "outlet" for hit in body[code_id])
    )
