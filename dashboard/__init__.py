"""Who sees it: charts and tables over the public views of the newest published copy."""
