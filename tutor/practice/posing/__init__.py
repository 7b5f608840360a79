"""Questions other than computing: each posed on a problem, with its answer."""
