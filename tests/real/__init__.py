"""The real pipeline on real feeds and pages, where ``../shared/data`` is there: ``make real``."""
