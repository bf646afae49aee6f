"""A synthetic archive of any size, shaped like the archives that are read most: for measuring, and for looking at plans.

`vocabulary` invents words, `shapes` says how much there is of what, `casting` names the tags, `outlining` draws works,
`copying` writes rows, and `sowing` is the deed.
"""
