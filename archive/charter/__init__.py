"""What the archive says of itself: its name, who may join, whom to write to, what it asks of people."""
