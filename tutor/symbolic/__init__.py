"""What is true of any numbers: formulas, quantities, networks, and the reverse rule."""
