"""What is computed over all articles, from what is stored."""
