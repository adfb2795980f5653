"""The demo: fictional outlets, their pages and feeds, and a local server that replays them."""
