"""What each stage costs, beside others who do the same: `make bench`.

A stage is one file `stage_<name>.py` with `rows(corpus)`; measuring.py times, __main__.py writes the table.
"""
