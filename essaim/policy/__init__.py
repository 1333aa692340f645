"""Room 3: instruments, provisions, norms, evidence of what became of them."""
