"""Articles that count as one text, and how many independent texts a set of articles holds."""

from collections.abc import Iterable, Mapping

from framing.corpus.reuse import Place


def find_clusters(places: Mapping[str, Place], counts_with: Mapping[str, str | None]) -> dict[str, str]:
    """
    Join articles with those they count with (union-find).

    Args:
        places: By article, since when it holds its text.
        counts_with: By article, the article it counts with; ``None``, or one that is not among ``places``: itself.

    Returns:
        By article the id of its cluster: the article in it that was first. An article that shares nothing is a
        cluster of one. The order of the articles does not matter.
    """
    parents = {article_id: article_id for article_id in places}

    def root(article_id: str) -> str:
        while parents[article_id] != article_id:
            parents[article_id] = parents[parents[article_id]]
            article_id = parents[article_id]
        return article_id

    for article_id, other in counts_with.items():
        if other in parents:
            first, last = sorted((root(article_id), root(other)), key=lambda key: places[key])
            parents[last] = first
    return {article_id: root(article_id) for article_id in places}


def count_independent(article_ids: Iterable[str], clusters: Mapping[str, str]) -> int:
    """
    n_eff: how many independent texts these articles are.

    Each cluster counts once, however many of its articles are among them; see ``Reuse.counts_with`` for what makes
    a cluster.
    """
    return len({clusters[article_id] for article_id in article_ids})
