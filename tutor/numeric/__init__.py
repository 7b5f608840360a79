"""A list of steps under an arithmetic: exact to 50 digits, rounded as by hand, certified."""
