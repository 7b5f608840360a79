"""The numbers behind the pictures, without the pictures."""
