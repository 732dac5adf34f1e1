"""Reading PDFs, hostile ones too, in child processes."""
