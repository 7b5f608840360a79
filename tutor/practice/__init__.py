"""Practice problems whose numbers tell the mistakes apart."""
