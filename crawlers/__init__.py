"""The network side: boards in, snapshots out.

Nothing here scores or reads a posting, and of `pipeline` only `models`, `store` and `config` may be
imported.
"""
