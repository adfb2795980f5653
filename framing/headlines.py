"""The headline's framing against the body's: many readers see no more than the headline."""

from collections.abc import Sequence

from framing.records import CodeScore, HeadlineGap, Hit


def compare_headline(frames: Sequence[CodeScore]) -> HeadlineGap:
    """
    Compare the frames of headline and body.

    Args:
        frames: The frames of one text that has both, with their hits; those not measured are left out.

    Returns:
        Frame ids in the order given. What is asserted stays empty where voice is not measured.
    """
    headline = {score.code_id: [hit for hit in score.hits if hit.part == "title"] for score in frames}
    body = {score.code_id: [hit for hit in score.hits if hit.part == "text"] for score in frames}
    above = [code_id for code_id, hits in headline.items() if hits]
    only_headline = tuple(code_id for code_id in above if not body[code_id])
    return HeadlineGap(
        only_headline=only_headline,
        only_body=tuple(code_id for code_id, hits in body.items() if hits and not headline[code_id]),
        asserted=tuple(
            code_id for code_id in above if body[code_id] and _is_hardened(headline[code_id], body[code_id])
        ),
        gap=len(only_headline) / len(above) if above else None,
    )


def _is_hardened(headline: Sequence[Hit], body: Sequence[Hit]) -> bool:
    """Does the outlet say itself above what beneath it never says itself?"""
    is_measured = all(hit.voice is not None for hit in (*headline, *body))
    return is_measured and any(hit.voice == "outlet" for hit in headline) and all(hit.voice != "outlet" for hit in body)
