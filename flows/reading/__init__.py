"""From pages to articles and revisions: first readings, revisits, and what becomes of each sighting."""
