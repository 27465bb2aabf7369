"""What every request passes, each rule in one small file.

Order, outermost first: scope (may it be asked at all?), robots (does the host allow it?), Scrapy's own retry,
refusals (did the host say no?); then Scrapy's decompression and redirect; then the connection, which takes a turn
with the host (pacing) and checks the address it connects to.
"""
