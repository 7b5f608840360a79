"""What every command shares: arguments, outputs, and how errors are told."""
