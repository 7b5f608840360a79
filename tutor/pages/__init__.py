"""What a person looks at: a document without a format, and the writers that give it one."""
