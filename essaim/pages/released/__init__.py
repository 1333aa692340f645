"""What the rooms share to show a release's documents: words, values with their sources, machine forms, caching."""
