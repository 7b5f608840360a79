"""The commands of ``backprop``: a file each, found by its name, with its ``command`` inside."""
