"""Commands of the pages: load packaged facts, refresh the index, export what is public."""
