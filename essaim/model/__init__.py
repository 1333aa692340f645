"""The words of the house as frozen data: rows, statements, things, reasons; no input, no output."""
