"""Papers for a class: what is printed, what marks it, and what the lecturer keeps."""
