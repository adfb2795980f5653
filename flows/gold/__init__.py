"""The gold sample: drawing it, coders' sheets, and what follows from their judgements."""
