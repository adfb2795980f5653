"""Running as a service: Prefect's surroundings, the schedule, and being told to stop."""
