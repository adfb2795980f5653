"""Who says what: quotations, indirect speech, speakers and verbs of saying."""
