"""What only shows across articles: pure functions over many texts."""
