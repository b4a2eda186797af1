"""What can be said, what happens next, what is said back: the conversation itself, without any door."""
