"""From WARC files back to articles: our own replayed, those of others taken in."""
