"""One platform per file; see crawlers/boards.py for what a leaf defines."""
