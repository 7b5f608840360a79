"""How known mistakes rewrite the steps of a right solution."""
