"""A student's working: read, and held against the problem line by line."""
