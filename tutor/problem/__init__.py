"""What a person writes down: problem files, and the names that a course uses."""
