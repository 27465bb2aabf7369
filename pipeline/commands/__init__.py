"""What each command of the command line does, one module per kind of work.

A command is a function of a Session and the parsed arguments that returns an exit code. The stages of the
pipeline meet in shortlisting.py and nowhere else; the crawl is handed in by cli.py, so that nothing here
imports `crawlers`.
"""
