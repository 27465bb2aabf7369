"""What every request passes, each rule in one small file.

Order, outermost first: scope (may it be asked at all?), robots (does the host allow it?), refusals (did the
host say no?); then Scrapy's own retry, redirect and decompression; then the connection, which takes a turn
with the host (pacing) and checks the address it connects to.
"""
