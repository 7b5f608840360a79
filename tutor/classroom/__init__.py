"""A whole class: many workings read, marked in all cores, and summed up."""
