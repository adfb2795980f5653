"""Reading labelled corpora, and measuring the framing engine on them."""
