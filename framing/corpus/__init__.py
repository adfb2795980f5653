"""What only shows across articles: shares with their uncertainty, comparisons, and what is missing."""
