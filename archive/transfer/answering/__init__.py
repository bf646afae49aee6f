"""What programs are answered: the read-only API under `/api/v1/`, and the document that describes it."""
