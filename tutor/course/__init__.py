"""The course: a chapter a topic, with formulas from the engine and numbers from a problem."""
