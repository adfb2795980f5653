"""When each feed is asked, what was missed between two polls, and where feeds moved."""
